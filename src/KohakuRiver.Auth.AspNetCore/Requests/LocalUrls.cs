namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Where a login leads back to: this host only.</summary>
internal static class LocalUrls
{
    private const int Longest = 1000;

    /// <summary>
    /// Whether an address surely stays on this host: a path, not <c>//host</c>, and nothing browsers would bend into one.
    /// </summary>
    internal static bool IsLocal(string? address) =>
        address is ['/', ..] and { Length: <= Longest }
        && (address.Length == 1 || address[1] is not ('/' or '\\'))
        && !address.Any(c => c == '\\' || char.IsControl(c));
}
