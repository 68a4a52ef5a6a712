using KohakuRiver.Auth;

namespace KohakuRiver.SampleHost;

internal sealed record CreateVpsRequest
{
    public string? Name { get; init; }

    public string? Node { get; init; }
}

/// <summary>An instance. Its assignments are for callers who may list users; null for others.</summary>
internal sealed record VpsBody(
    string VpsId, string Name, string Node, string Status, string OwnerUsername, IReadOnlyList<UserRef>? Assignees,
    IReadOnlyList<GroupRef>? Groups)
{
    public static VpsBody Of(VpsRow vps, IEnumerable<VpsAssignment> assignments, Actor viewer)
    {
        var listed = AccessRules.Decide(viewer, Permissions.ListUsers).IsAllowed ? assignments.ToList() : null;
        return new VpsBody(
            HostIds.ToText(vps.Id), vps.Name, vps.Node, vps.Status, vps.OwnerUsername,
            listed?.Select(a => a.User).OfType<UserRef>().ToList(), listed?.Select(a => a.Group).OfType<GroupRef>().ToList());
    }
}

internal sealed record ExecRequest
{
    public string? Command { get; init; }

    public IReadOnlyList<string?>? Arguments { get; init; }
}

internal sealed record ExecBody(int? ExitCode, string Stdout, string Stderr);
