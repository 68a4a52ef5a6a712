namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>
/// One audit entry. It has no foreign keys, because it outlives the users it names. Columns named <c>_key</c> carry
/// the folded text that filters compare with.
/// </summary>
internal sealed class AuditRow
{
    public long Id { get; set; }

    public DateTimeOffset At { get; set; }

    public long? ActorId { get; set; }

    public string Actor { get; set; } = "";

    public string ActorKey { get; set; } = "";

    public string? Credential { get; set; }

    public string? IpAddress { get; set; }

    public string Action { get; set; } = "";

    public string ActionKey { get; set; } = "";

    public string? TargetType { get; set; }

    public string? TargetId { get; set; }

    public string? TargetIdKey { get; set; }

    public string? Target { get; set; }

    public string? TargetKey { get; set; }

    public AuditOutcome Outcome { get; set; }

    public string? Detail { get; set; }

    public Guid OperationId { get; set; }

    public static AuditRow From(AuditEntry entry, string? madeId)
    {
        var targetId = entry.TargetId ?? madeId;
        return new AuditRow
        {
            At = Instants.Cut(entry.At),
            ActorId = entry.ActorId,
            Actor = entry.Actor,
            ActorKey = TextKey.Of(entry.Actor),
            Credential = entry.Credential,
            IpAddress = entry.IpAddress,
            Action = entry.Action,
            ActionKey = TextKey.Of(entry.Action),
            TargetType = entry.TargetType,
            TargetId = targetId,
            TargetIdKey = targetId is null ? null : TextKey.Of(targetId),
            Target = entry.Target,
            TargetKey = entry.Target is null ? null : TextKey.Of(entry.Target),
            Outcome = entry.Outcome,
            Detail = entry.Detail,
            OperationId = entry.OperationId,
        };
    }

    public AuditEntry ToModel() => new()
    {
        Id = Id,
        At = At,
        ActorId = ActorId,
        Actor = Actor,
        Credential = Credential,
        IpAddress = IpAddress,
        Action = Action,
        TargetType = TargetType,
        TargetId = TargetId,
        Target = Target,
        Outcome = Outcome,
        Detail = Detail,
        OperationId = OperationId,
    };
}
