namespace KohakuRiver.Auth.AspNetCore;

/// <summary>From audit entries to their contract.</summary>
internal static class AuditMapping
{
    internal static AuditResponse ToResponse(this AuditEntry entry) => new(
        entry.Id, entry.At, entry.ActorId, entry.Actor, entry.Credential, entry.IpAddress, entry.Action, entry.TargetType, entry.TargetId,
        entry.Target, entry.Outcome.ToName(), entry.Detail, entry.OperationId);
}
