using Microsoft.EntityFrameworkCore.Migrations;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite;

/// <summary>
/// The table of applied migrations, without the lock that Entity Framework's own takes: a row in a table <c>__EFMigrationsLock</c> that a
/// killed process leaves behind, for which every later <c>Migrate()</c> of that file waits without end (efcore#38958). The table's name is
/// the same for all contexts, so a row left here would stop the host's, and the host's would stop these. Instances of the library take
/// turns by <see cref="MigrationLock"/>, and each migration is one transaction.
/// </summary>
internal sealed class SqliteHistory(HistoryRepositoryDependencies dependencies) : HistoryRepository(dependencies)
{
    /// <inheritdoc />
    public override LockReleaseBehavior LockReleaseBehavior => LockReleaseBehavior.Explicit;

    /// <inheritdoc />
    protected override string ExistsSql => $"SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '{TableName}'";

    /// <inheritdoc />
    public override IMigrationsDatabaseLock AcquireDatabaseLock() => new NoLock(this);

    /// <inheritdoc />
    public override Task<IMigrationsDatabaseLock> AcquireDatabaseLockAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(AcquireDatabaseLock());

    /// <inheritdoc />
    public override string GetCreateIfNotExistsScript() =>
        GetCreateScript().Replace("CREATE TABLE ", "CREATE TABLE IF NOT EXISTS ", StringComparison.Ordinal);

    /// <inheritdoc />
    public override string GetBeginIfNotExistsScript(string migrationId) => throw NoConditions();

    /// <inheritdoc />
    public override string GetBeginIfExistsScript(string migrationId) => throw NoConditions();

    /// <inheritdoc />
    public override string GetEndIfScript() => throw NoConditions();

    /// <inheritdoc />
    protected override bool InterpretExistsResult(object? value) => value is > 0L;

    private static NotSupportedException NoConditions() => new("SQLite's scripts have no conditions.");

    /// <summary>Held by nobody.</summary>
    private sealed class NoLock(IHistoryRepository history) : IMigrationsDatabaseLock
    {
        public IHistoryRepository HistoryRepository => history;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
