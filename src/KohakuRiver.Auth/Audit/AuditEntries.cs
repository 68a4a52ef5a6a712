using System.Text;

namespace KohakuRiver.Auth;

/// <summary>Creates audit entries from an actor: the one place that fills them in.</summary>
internal static class AuditEntries
{
    private const int DetailMaximum = 1000;
    private const int TargetMaximum = 200;

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
        Target = Bound(name, TargetMaximum),
    };

    internal static AuditEntry On(this AuditEntry entry, string type, string? id, string? name) => entry with
    {
        TargetType = type,
        TargetId = Bound(id, TargetMaximum),
        Target = Bound(name, TargetMaximum),
    };

    internal static AuditEntry With(this AuditEntry entry, string? detail) => entry with { Detail = Bound(detail, DetailMaximum) };

    internal static AuditEntry Ended(this AuditEntry entry, AuditOutcome outcome, string detail) =>
        entry.With(detail) with { Outcome = outcome };

    // Cut between characters, and without what databases refuse in text (NUL, lone surrogates): the entry is written in
    // the transaction of the change it records, and must never make that fail.
    private static string? Bound(string? text, int maximum)
    {
        if (text is null)
        {
            return null;
        }

        var kept = new StringBuilder(Math.Min(text.Length, maximum));
        foreach (var rune in text.EnumerateRunes())
        {
            var clean = rune.Value == 0 ? Rune.ReplacementChar : rune;
            if (kept.Length + clean.Utf16SequenceLength > maximum)
            {
                break;
            }

            kept.Append(clean.ToString());
        }

        return kept.ToString();
    }

    private static string Invariant(long value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
