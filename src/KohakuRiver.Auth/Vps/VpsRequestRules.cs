namespace KohakuRiver.Auth;

/// <summary>What of a request for a VPS instance can be said without the host.</summary>
internal static class VpsRequestRules
{
    private const int SshKeyMaximum = 8000;

    private const string NotAsked = "This host does not ask for it.";

    /// <summary>All faults of the fields; null for none.</summary>
    internal static Refusal? Check(VpsRequest request, VpsOffer offer) => new FieldFaults()
        .Add(nameof(request.Name), FieldRules.VpsName(request.Name))
        .Add(nameof(request.Node), Asked(offer, VpsFields.Node, request.Node, Listed(offer.Nodes, "There is no such node.")))
        .Add(nameof(request.Image), Asked(offer, VpsFields.Image, request.Image, Listed(offer.Images, "There is no such image.")))
        .Add(nameof(request.Cores), Asked(offer, VpsFields.Cores, request.Cores, cores => cores < 1 ? "At least 1." : null))
        .Add(
            nameof(request.MemoryBytes),
            Asked(offer, VpsFields.Memory, request.MemoryBytes, memory => memory < 1 ? "More than 0." : null))
        .Add(nameof(request.Gpus), Asked(offer, VpsFields.Gpus, request.Gpus, gpus => gpus < 0 ? "At least 0." : null))
        .Add(nameof(request.SshKey), Asked(offer, VpsFields.SshKey, request.SshKey, SshKey))
        .ToRefusal();

    private static string? Asked<T>(VpsOffer offer, VpsFields field, T? value, Func<T, string?> rule)
        where T : struct => value is { } given ? offer.Fields.HasFlag(field) ? rule(given) : NotAsked : null;

    private static string? Asked(VpsOffer offer, VpsFields field, string? value, Func<string, string?> rule) =>
        value is null ? null : offer.Fields.HasFlag(field) ? rule(value) : NotAsked;

    private static Func<string, string?> Listed(IReadOnlyList<string> all, string none) => value =>
        (all.Count == 0 ? FieldRules.VpsName(value) is null : all.Contains(value, StringComparer.Ordinal)) ? null : none;

    // A line break would end the line of the key file that a host writes it to.
    private static string? SshKey(string value) => value.Length > SshKeyMaximum ? "At most 8000 characters."
        : value.Any(c => c is < ' ' or > '~') ? "A public key is one line of plain characters."
        : null;
}
