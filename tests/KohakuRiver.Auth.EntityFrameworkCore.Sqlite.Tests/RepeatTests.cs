using System.Data.Common;
using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Tests;

/// <summary>
/// What the shared writer does for engines whose connection can be cut. SQLite's cannot; here it stands in for one, with
/// faults put between the writer and the file.
/// </summary>
public class RepeatTests
{
    private static readonly CancellationToken Ct = TempDatabase.Ct;

    [Fact]
    public async Task Write_CommittedButNotAcknowledged_IsAnsweredOnceAndDoneOnce()
    {
        await using var fixture = await Fixture.CreateAsync();
        fixture.Cut.AfterCommits = 1;

        var made = await fixture.Accounts.TryCreateUserAsync(Make.User("once"), Make.Audit("user.create"), Ct);

        Assert.True(made.IsDone);
        Assert.Equal(made.Value.User, await fixture.Users.FindAsync(made.Value.User.Id, Ct));
        Assert.Equal(1, (await fixture.Audit.ListAsync(new AuditQuery(), Ct)).Total);
        Assert.Equal(0, fixture.Cut.AfterCommits);
    }

    [Fact]
    public async Task Write_CutBeforeItsCommit_IsDoneByTheNextAttempt()
    {
        await using var fixture = await Fixture.CreateAsync();
        fixture.Cut.BeforeCommits = 2;

        var made = await fixture.Accounts.TryCreateUserAsync(Make.User("second"), Make.Audit(), Ct);

        Assert.True(made.IsDone);
        Assert.Equal(1L, fixture.Database.Scalar<long>("SELECT COUNT(*) FROM kohaku_users"));
        Assert.Equal(1, (await fixture.Audit.ListAsync(new AuditQuery(), Ct)).Total);
    }

    [Fact]
    public async Task Write_CutAgainAndAgain_IsAnOutageAndLeavesNothing()
    {
        await using var fixture = await Fixture.CreateAsync();
        fixture.Cut.BeforeCommits = int.MaxValue;

        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => fixture.Accounts.TryCreateUserAsync(Make.User("never"), Make.Audit(), Ct));

        Assert.False(await fixture.Users.AnyAsync(Ct));
    }

    [Fact]
    public async Task Write_OtherEntryOfTheSameOperation_IsNotTakenForItsOwn()
    {
        await using var fixture = await Fixture.CreateAsync();
        var refused = Make.Audit("user.create").Audit with { Outcome = AuditOutcome.Refused };
        await fixture.Audit.AppendAsync(refused, Ct);
        fixture.Cut.BeforeCommits = 1;

        var made = await fixture.Accounts.TryCreateUserAsync(
            Make.User("real"), AuthorizedWrite.WithoutCredential(refused with { Outcome = AuditOutcome.Success }), Ct);

        Assert.NotNull(await fixture.Users.FindAsync(made.Value!.User.Id, Ct));
    }

    private sealed class Fixture : IAsyncDisposable
    {
        private Fixture(TempDatabase database)
        {
            Database = database;
            var repeating = new RepeatingDatabase(new SqliteAuthDatabase(
                new SqliteStoreOptions { ConnectionString = database.ConnectionString, Interceptors = [Cut] }));
            Accounts = new EfAccountStore(repeating);
            Users = new EfUserStore(repeating);
            Audit = new EfAuditStore(repeating);
        }

        public TempDatabase Database { get; }

        public CutConnection Cut { get; } = new();

        public EfAccountStore Accounts { get; }

        public EfUserStore Users { get; }

        public EfAuditStore Audit { get; }

        public static async Task<Fixture> CreateAsync() => new((await TempDatabase.CreateAsync()).Database);

        public ValueTask DisposeAsync() => Database.DisposeAsync();
    }

    private sealed class RepeatingDatabase(SqliteAuthDatabase inner) : AuthDatabase
    {
        public override AuthDbContext CreateContext() => inner.CreateContext();

        public override bool IsUniqueViolation(Exception e) => inner.IsUniqueViolation(e);

        protected override bool IsOutage(Exception e) => e is CutException;

        protected override bool IsWorthAnotherAttempt(Exception e, int attempt) => e is CutException && attempt < 4;
    }

    private sealed class CutException : Exception;

    private sealed class CutConnection : DbTransactionInterceptor
    {
        public int BeforeCommits { get; set; }

        public int AfterCommits { get; set; }

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result,
            CancellationToken cancellationToken = default) =>
            BeforeCommits-- > 0 ? throw new CutException() : ValueTask.FromResult(result);

        public override Task TransactionCommittedAsync(
            DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
            AfterCommits-- > 0 ? throw new CutException() : Task.CompletedTask;
    }
}
