namespace KohakuRiver.Auth;

/// <summary>One entry of the audit log: append-only, and it outlives the users it names.</summary>
public sealed record AuditEntry
{
    /// <summary>Assigned by the store, ascending; 0 before the entry is written.</summary>
    public long Id { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The acting user; null for the master secret, the system and anonymous callers.</summary>
    public long? ActorId { get; init; }

    /// <summary>The acting user's name at the time, <c>_system</c> or <c>_anonymous</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>
    /// The credential used, for instance <c>session:12</c>, <c>token:7</c>, <c>master_secret</c>; null for anonymous callers.
    /// </summary>
    public string? Credential { get; init; }

    /// <summary>The client's network address; null where there was none.</summary>
    public string? IpAddress { get; init; }

    /// <summary>What was attempted: one of <c>AuditActions</c>, or a host's own dotted name.</summary>
    public required string Action { get; init; }

    /// <summary>The kind of thing it was attempted on, for instance <c>user</c>; null where there is none.</summary>
    public string? TargetType { get; init; }

    /// <summary>
    /// The thing's id. A verb that creates the thing fills in the new id when this is null.
    /// </summary>
    public string? TargetId { get; init; }

    /// <summary>The thing's name at the time.</summary>
    public string? Target { get; init; }

    /// <summary>How it ended.</summary>
    public AuditOutcome Outcome { get; init; } = AuditOutcome.Success;

    /// <summary>What changed, or why it was refused; never a secret.</summary>
    public string? Detail { get; init; }

    /// <summary>
    /// One id per attempted operation. A store that repeats a write after a lost acknowledgement recognizes
    /// its own earlier write by it.
    /// </summary>
    public required Guid OperationId { get; init; }
}
