using static KohakuRiver.Auth.Testing.Tests.InMemory.Sample;

namespace KohakuRiver.Auth.Testing.Tests.InMemory;

public sealed class InMemoryDatabaseTests
{
    private readonly InMemoryStoreSet stores = new();

    [Fact]
    public void Stores_OfOneDatabase_ShareATransactionDomain()
    {
        var second = new InMemoryStoreSet(stores.Database);

        Assert.Same(stores.Users.TransactionDomain, second.Approvals.TransactionDomain);
        Assert.NotSame(stores.Users.TransactionDomain, new InMemoryStoreSet().Users.TransactionDomain);
    }

    [Fact]
    public async Task Write_InOneSet_IsSeenByAnotherOverTheSameDatabaseOnly()
    {
        await stores.AddUserAsync("mio");

        Assert.True(await new InMemoryStoreSet(stores.Database).Users.AnyAsync(Ct));
        Assert.False(await new InMemoryStoreSet().Users.AnyAsync(Ct));
    }

    [Fact]
    public async Task FailNext_Write_ThrowsOnceAndChangesNothing()
    {
        var error = new TimeoutException();
        stores.Database.FailNext(error);

        Assert.Same(error, await Assert.ThrowsAsync<TimeoutException>(() => stores.AddUserAsync("mio")));
        Assert.False(await stores.Users.AnyAsync(Ct));
        Assert.Empty(await stores.ReadAuditAsync());
        Assert.Equal(1, (await stores.AddUserAsync("mio")).Id);
    }

    [Fact]
    public async Task FailNext_Read_ThrowsOnce()
    {
        stores.Database.FailNext(new StoreUnavailableException());

        await Assert.ThrowsAsync<StoreUnavailableException>(() => stores.Users.AnyAsync(Ct));
        Assert.False(await stores.Users.AnyAsync(Ct));
    }

    [Fact]
    public async Task FailNextAfterCommit_Write_ThrowsAndKeepsTheWrite()
    {
        stores.Database.FailNextAfterCommit(new TimeoutException());

        await Assert.ThrowsAsync<TimeoutException>(() => stores.AddUserAsync("mio"));

        Assert.True(await stores.Users.AnyAsync(Ct));
        Assert.Single(await stores.ReadAuditAsync());
    }

    [Fact]
    public async Task IsDown_EveryKindOfVerb_ThrowsUntilItIsUpAgain()
    {
        await stores.AddUserAsync("mio");
        stores.Database.IsDown = true;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => stores.InitializeAsync(Ct));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => stores.Users.AnyAsync(Ct));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => stores.AddUserAsync("yui"));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await stores.Audit.StreamAsync(new AuditQuery(), Ct).AnyAsync(Ct));

        stores.Database.IsDown = false;
        await stores.InitializeAsync(Ct);
        Assert.Single(await stores.ReadAuditAsync());
    }

    [Fact]
    public async Task BeforeVerb_HoldsAVerb_OthersGoOn()
    {
        var go = new TaskCompletionSource();
        stores.Database.BeforeVerb = _ => go.Task;
        var held = stores.AddUserAsync("mio");
        stores.Database.BeforeVerb = null;

        Assert.False(await stores.Users.AnyAsync(Ct));
        Assert.False(held.IsCompleted);
        go.SetResult();
        await held;

        Assert.True(await stores.Users.AnyAsync(Ct));
    }

    [Fact]
    public async Task CancelledToken_Write_ThrowsAndChangesNothing()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => stores.Accounts.TryCreateUserAsync(User("mio"), Audit(), source.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stores.Users.AnyAsync(source.Token));

        Assert.False(await stores.Users.AnyAsync(Ct));
    }

    [Fact]
    public async Task Writes_InParallel_AreAllKeptWithIdsOfTheirOwn()
    {
        const int Writers = 8;
        const int Rounds = 50;

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                await stores.AddUserAsync($"user-{writer}-{round}");
            }
        })));

        var page = await stores.Users.ListAsync(new UserQuery { Page = new PageRequest(1000) }, Now, Ct);
        Assert.Equal(Writers * Rounds, page.Items.Select(user => user.User.Id).Distinct().Count());
        Assert.Equal(Writers * Rounds, (await stores.ReadAuditAsync()).Count);
    }

    [Fact]
    public async Task Ids_AfterDeletion_AreNotReused()
    {
        await stores.AddUserAsync("admin", Role.Admin);
        var gone = await stores.AddUserAsync("mio");
        await stores.Accounts.TryDeleteUserAsync(gone.Id, Audit(), Ct);

        Assert.True((await stores.AddUserAsync("mio")).Id > gone.Id);
    }

    [Fact]
    public async Task Times_FinerThanMicroseconds_AreCut()
    {
        var made = await stores.Accounts.TryCreateUserAsync(User("mio") with { CreatedAt = Now.AddTicks(7) }, Audit(), Ct);

        Assert.Equal(Now, made.Value!.User.CreatedAt);
    }
}
