using KohakuRiver.Auth;

namespace KohakuRiver.SampleHost;

internal sealed record CreateVpsRequest
{
    public string? Name { get; init; }

    public string? Node { get; init; }
}

/// <summary>
/// An instance, with every field that KohakuRiver's clients read; those about containers are null here. Its assignments are for callers who
/// may list users; null for others.
/// </summary>
internal sealed record VpsBody
{
    public required string VpsId { get; init; }

    /// <summary>The same id, under the name that KohakuRiver's clients know.</summary>
    public string TaskId => VpsId;

    public required string Name { get; init; }

    public required string Node { get; init; }

    /// <summary>The same node, under the name that KohakuRiver's clients know.</summary>
    public string AssignedNode => Node;

    public required string Status { get; init; }

    public required string OwnerUsername { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>An instance is a name here, which needs no start.</summary>
    public DateTimeOffset StartedAt => SubmittedAt;

    /// <summary>0 = none of its own.</summary>
    public int RequiredCores { get; init; }

    public long? RequiredMemoryBytes { get; init; }

    public IReadOnlyList<int> RequiredGpus { get; init; } = [];

    public int? TargetNumaNodeId { get; init; }

    public string? ContainerName { get; init; }

    public int? SshPort { get; init; }

    public string? ErrorMessage { get; init; }

    public IReadOnlyList<UserRef>? Assignees { get; init; }

    public IReadOnlyList<GroupRef>? Groups { get; init; }

    public static VpsBody Of(VpsRow vps, IEnumerable<VpsAssignment> assignments, Actor viewer)
    {
        var listed = AccessRules.Decide(viewer, Permissions.ListUsers).IsAllowed ? assignments.ToList() : null;
        return new VpsBody
        {
            VpsId = HostIds.ToText(vps.Id),
            Name = vps.Name,
            Node = vps.Node,
            Status = vps.Status,
            OwnerUsername = vps.OwnerUsername,
            SubmittedAt = vps.CreatedAt,
            Assignees = listed?.Select(a => a.User).OfType<UserRef>().ToList(),
            Groups = listed?.Select(a => a.Group).OfType<GroupRef>().ToList(),
        };
    }
}

internal sealed record ExecRequest
{
    public string? Command { get; init; }

    public IReadOnlyList<string?>? Arguments { get; init; }
}

internal sealed record ExecBody(int? ExitCode, string Stdout, string Stderr);
