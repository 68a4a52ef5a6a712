using KohakuRiver.Auth;
using KohakuRiver.Auth.Stores;

namespace SqlStore;

// <snippet:set>
/// <summary>
/// Everything KohakuRiver.Auth stores, in a SQLite file, without a mapper: a verb is a few statements in one transaction.
/// </summary>
public class SqlStoreSet : KohakuStoreSet, IAsyncDisposable
{
    /// <summary>A set over a file.</summary>
    /// <param name="path">The path of the file, which is created if it is missing.</param>
    public SqlStoreSet(string path)
    {
        Database = new SqliteDatabase(path);
        Users = new SqlUserStore(Database);
        Accounts = new SqlAccountStore(Database);
        Sessions = new SqlSessionStore(Database);
        Tokens = new SqlTokenStore(Database);
        Identities = new SqlIdentityStore(Database);
        Groups = new SqlGroupStore(Database);
        Invitations = new SqlInvitationStore(Database);
        Approvals = new SqlApprovalStore(Database);
        VpsAssignments = new SqlVpsAssignmentStore(Database);
        Audit = new SqlAuditStore(Database);
        Codes = new SqlCodeStore(Database);
        Settings = new SqlSettingsStore(Database);
        Throttle = new SqlThrottleStore(Database);
    }

    internal SqlDatabase Database { get; }

    /// <inheritdoc />
    public override IUserStore Users { get; }

    /// <inheritdoc />
    public override IAccountStore Accounts { get; }

    /// <inheritdoc />
    public override ISessionStore Sessions { get; }

    /// <inheritdoc />
    public override ITokenStore Tokens { get; }

    /// <inheritdoc />
    public override IIdentityStore Identities { get; }

    /// <inheritdoc />
    public override IGroupStore Groups { get; }

    /// <inheritdoc />
    public override IInvitationStore Invitations { get; }

    /// <inheritdoc />
    public override IApprovalStore Approvals { get; }

    /// <inheritdoc />
    public override IVpsAssignmentStore VpsAssignments { get; }

    /// <inheritdoc />
    public override IAuditStore Audit { get; }

    /// <inheritdoc />
    public override ICodeStore Codes { get; }

    /// <inheritdoc />
    public override ISettingsStore Settings { get; }

    /// <inheritdoc />
    public override IThrottleStore Throttle { get; }

    /// <inheritdoc />
    public override Task InitializeAsync(CancellationToken cancellationToken) => Database.WriteAsync(
        async work =>
        {
            // Hosts that start together take turns: later ones find the tables.
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

    /// <summary>Closes the idle connections in the pool.</summary>
    public ValueTask DisposeAsync()
    {
        Database.CloseIdle();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
