namespace KohakuRiver.Auth;

/// <summary>One line of the audit log: append-only, and it outlives whom it speaks of.</summary>
public sealed record AuditEntry
{
    /// <summary>Given by the store, ascending; 0 before the entry is written.</summary>
    public long Id { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The acting user; null for the master secret, the system and strangers.</summary>
    public long? ActorId { get; init; }

    /// <summary>The acting user's name at the time, <c>_system</c> or <c>_anonymous</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>
    /// Through which credential, for instance <c>session:12</c>, <c>token:7</c>, <c>master_secret</c>; null for strangers.
    /// </summary>
    public string? Credential { get; init; }

    /// <summary>The network address it came from; null where there was none.</summary>
    public string? IpAddress { get; init; }

    /// <summary>What was attempted: one of <c>AuditActions</c>, or a host's own dotted name.</summary>
    public required string Action { get; init; }

    /// <summary>The kind of thing it was attempted on, for instance <c>user</c>; null where there is none.</summary>
    public string? TargetType { get; init; }

    /// <summary>
    /// The thing's id. A verb that makes the thing fills it in with the new id when this is null.
    /// </summary>
    public string? TargetId { get; init; }

    /// <summary>The thing's name at the time.</summary>
    public string? Target { get; init; }

    /// <summary>How it ended.</summary>
    public AuditOutcome Outcome { get; init; } = AuditOutcome.Success;

    /// <summary>What changed, or why it was refused; never a secret.</summary>
    public string? Detail { get; init; }

    /// <summary>
    /// One id for one attempted operation. A store that repeats a write after a lost acknowledgement finds
    /// its own earlier work by it.
    /// </summary>
    public required Guid OperationId { get; init; }
}
