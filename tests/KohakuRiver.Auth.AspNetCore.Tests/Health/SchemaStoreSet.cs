using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing.InMemory;

namespace KohakuRiver.Auth.AspNetCore.Tests.Health;

/// <summary>Stores of somebody else's, which say of their schema what a test wants; for unknown they say nothing, as sets do that do not know the question.</summary>
internal sealed class SchemaStoreSet(SchemaState state) : KohakuStoreSet
{
    private readonly InMemoryStoreSet inner = new();

    public override IUserStore Users => inner.Users;

    public override IAccountStore Accounts => inner.Accounts;

    public override ISessionStore Sessions => inner.Sessions;

    public override ITokenStore Tokens => inner.Tokens;

    public override IGroupStore Groups => inner.Groups;

    public override IInvitationStore Invitations => inner.Invitations;

    public override IApprovalStore Approvals => inner.Approvals;

    public override IVpsAssignmentStore VpsAssignments => inner.VpsAssignments;

    public override IAuditStore Audit => inner.Audit;

    public override ICodeStore Codes => inner.Codes;

    public override ISettingsStore Settings => inner.Settings;

    public override IThrottleStore Throttle => inner.Throttle;

    public override IImportStore Imports => inner.Imports;

    public override Task InitializeAsync(CancellationToken ct) => inner.InitializeAsync(ct);

    public override Task<SchemaState> CheckSchemaAsync(CancellationToken ct) => state == SchemaState.Unknown ? base.CheckSchemaAsync(ct) : Task.FromResult(state);
}
