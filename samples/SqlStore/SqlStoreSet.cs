using KohakuRiver.Auth;
using KohakuRiver.Auth.Stores;

namespace SqlStore;

// <snippet:set>
/// <summary>
/// All that KohakuRiver.Auth remembers, in a file of SQLite, without a mapper: a verb is a few statements in one transaction.
/// </summary>
/// <param name="path">The file; it is made where it is missing.</param>
public class SqlStoreSet(string path) : KohakuStoreSet, IAsyncDisposable
{
    internal SqlDatabase Database { get; } = new SqliteDatabase(path);

    /// <inheritdoc />
    public override IUserStore Users => new SqlUserStore(Database);

    /// <inheritdoc />
    public override IAccountStore Accounts => new SqlAccountStore(Database);

    /// <inheritdoc />
    public override ISessionStore Sessions => new SqlSessionStore(Database);

    /// <inheritdoc />
    public override ITokenStore Tokens => new SqlTokenStore(Database);

    /// <inheritdoc />
    public override IGroupStore Groups => new SqlGroupStore(Database);

    /// <inheritdoc />
    public override IInvitationStore Invitations => new SqlInvitationStore(Database);

    /// <inheritdoc />
    public override IApprovalStore Approvals => new SqlApprovalStore(Database);

    /// <inheritdoc />
    public override IVpsAssignmentStore VpsAssignments => new SqlVpsAssignmentStore(Database);

    /// <inheritdoc />
    public override IAuditStore Audit => new SqlAuditStore(Database);

    /// <inheritdoc />
    public override ICodeStore Codes => new SqlCodeStore(Database);

    /// <inheritdoc />
    public override ISettingsStore Settings => new SqlSettingsStore(Database);

    /// <inheritdoc />
    public override IThrottleStore Throttle => new SqlThrottleStore(Database);

    /// <inheritdoc />
    public override Task InitializeAsync(CancellationToken cancellationToken) => Database.WriteAsync(
        async work =>
        {
            // Hosts that start together take turns: who comes later finds the tables.
            var version = await work.NumberAsync($"PRAGMA user_version");
            if (version > Schema.Version)
            {
                throw new InvalidOperationException($"The database has version {version}, which is newer than {Schema.Version}.");
            }

            if (version < Schema.Version)
            {
                await work.RunAsync($"{Schema.Tables}");
                await work.RunAsync($"{Schema.Stamp}");
            }

            return true;
        },
        cancellationToken);
    // </snippet:set>

    /// <inheritdoc />
    public override Task<SchemaState> CheckSchemaAsync(CancellationToken cancellationToken) => Database.ReadAsync(
        async work => await work.NumberAsync($"PRAGMA user_version") switch
        {
            Schema.Version => SchemaState.Current,
            > Schema.Version => SchemaState.Newer,
            _ => SchemaState.Older,
        },
        cancellationToken);

    /// <summary>Closes the connections that rest in the pool.</summary>
    public ValueTask DisposeAsync()
    {
        Database.CloseIdle();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
