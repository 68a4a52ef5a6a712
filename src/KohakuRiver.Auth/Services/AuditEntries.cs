using KohakuRiver.Auth.Model;
using KohakuRiver.Auth.Rules;

namespace KohakuRiver.Auth.Services;

/// <summary>Makes audit entries from an actor: the one place that says how they are filled in.</summary>
internal static class AuditEntries
{
    private const int DetailMaximum = 1000;

    internal static AuditEntry By(Actor actor, DateTimeOffset now, string action) => new()
    {
        At = now,
        ActorId = actor.Id,
        Actor = actor.Username,
        Credential = actor.CredentialName,
        IpAddress = actor.Address,
        Action = action,
        OperationId = Guid.CreateVersion7(now),
    };

    internal static AuditEntry On(this AuditEntry entry, User user) => entry with
    {
        TargetType = "user",
        TargetId = Invariant(user.Id),
        Target = user.Username,
    };

    internal static AuditEntry On(this AuditEntry entry, string type, long? id, string? name) => entry with
    {
        TargetType = type,
        TargetId = id is { } value ? Invariant(value) : null,
        Target = name,
    };

    internal static AuditEntry On(this AuditEntry entry, string type, string? id, string? name) => entry with
    {
        TargetType = type,
        TargetId = id,
        Target = name,
    };

    internal static AuditEntry With(this AuditEntry entry, string? detail) =>
        entry with { Detail = detail is { Length: > DetailMaximum } ? detail[..DetailMaximum] : detail };

    internal static AuditEntry Ended(this AuditEntry entry, AuditOutcome outcome, string detail) =>
        entry.With(detail) with { Outcome = outcome };

    private static string Invariant(long value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
