using System.Collections.Immutable;

namespace KohakuRiver.Auth.Testing;

/// <summary>
/// All tables at one moment. The tables are immutable; a write sets new ones on a clone, and a published instance is
/// never changed again.
/// </summary>
internal sealed class MemoryData
{
    internal MemoryTable<UserRow, string> Users { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    internal MemoryTable<SessionRow, SecretHash> Sessions { get; set; } = new();

    internal MemoryTable<TokenRow, SecretHash> Tokens { get; set; } = new();

    internal MemoryTable<IdentityRow, IdentityKey> Identities { get; set; } = new();

    internal MemoryTable<GroupRow, string> Groups { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    internal MemoryTable<InvitationRow, SecretHash> Invitations { get; set; } = new();

    internal MemoryTable<ApprovalRow, string> Approvals { get; set; } = new(StringComparer.Ordinal);

    internal MemoryTable<AssignmentRow, (string VpsId, long? UserId, long? GroupId)> Assignments { get; set; } = new();

    internal MemoryTable<AuditRow, long> Audit { get; set; } = new();

    internal MemoryTable<CodeRow, SecretHash> Codes { get; set; } = new();

    internal ImmutableSortedDictionary<string, string> Settings { get; set; } = ImmutableSortedDictionary.Create<string, string>(
        StringComparer.Ordinal);

    internal ImmutableDictionary<(string Bucket, DateTimeOffset Window), int> Throttle { get; set; } =
        ImmutableDictionary<(string Bucket, DateTimeOffset Window), int>.Empty;

    internal MemoryData Clone() => (MemoryData)MemberwiseClone();
}
