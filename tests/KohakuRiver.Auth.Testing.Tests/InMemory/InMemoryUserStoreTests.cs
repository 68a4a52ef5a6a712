using KohakuRiver.Auth.Stores;
using static KohakuRiver.Auth.Testing.Tests.InMemory.Sample;

namespace KohakuRiver.Auth.Testing.Tests.InMemory;

public sealed class InMemoryUserStoreTests
{
    private readonly InMemoryStoreSet stores = new();

    [Fact]
    public async Task FindPassword_OtherCase_FindsTheUser()
    {
        var mio = await stores.AddUserAsync("Mio");

        var record = await stores.Users.FindPasswordAsync("mIO", Ct);

        Assert.Equal(mio, record?.User);
        Assert.Equal("hash-0", record?.PasswordHash);
        Assert.Null(await stores.Users.FindPasswordAsync("mi", Ct));
    }

    [Fact]
    public async Task FindDetails_GroupsByNameAndOnlyLivingSessions()
    {
        var zoo = await stores.AddGroupAsync("zoo");
        var art = await stores.AddGroupAsync("Art");
        var mio = await stores.AddUserAsync("mio", Role.User, zoo.Id, art.Id);
        await stores.Accounts.TryLogInAsync(mio.Id, "hash-0", Session(), Audit(), Ct);
        await stores.Accounts.TryLogInAsync(mio.Id, "hash-0", Session(Now.AddHours(1)), Audit(), Ct);

        var details = await stores.Users.FindDetailsAsync(mio.Id, Now.AddHours(24), Ct);

        Assert.Equal(["Art", "zoo"], details!.Groups.Select(group => group.Name));
        Assert.Equal(1, details.ActiveSessions);
    }

    [Theory]
    [InlineData("io", new[] { "mio" })]
    [InlineData("Ó", new[] { "mio" })]
    [InlineData("%", new string[0])]
    [InlineData("_", new string[0])]
    [InlineData(null, new[] { "mio", "yui" })]
    public async Task List_Search_IsALiteralPartRegardlessOfCaseAndAccents(string? search, string[] expected)
    {
        await stores.AddUserAsync("mio");
        await stores.AddUserAsync("yui");

        var page = await stores.Users.ListAsync(
            new UserQuery { Search = search, Sort = UserSort.Username, Descending = false, Page = new PageRequest(10) }, Now, Ct);

        Assert.Equal(expected, page.Items.Select(user => user.User.Username));
        Assert.Equal(expected.Length, page.Total);
    }

    [Theory]
    [InlineData(false, new[] { "never-1", "never-2", "early", "late" })]
    [InlineData(true, new[] { "late", "early", "never-2", "never-1" })]
    public async Task List_ByLastLogin_NullsFirstUpwardsAndLastDownwards(bool descending, string[] expected)
    {
        foreach (var name in new[] { "late", "never-1", "early", "never-2" })
        {
            var user = await stores.AddUserAsync(name);
            if (!name.StartsWith("never", StringComparison.Ordinal))
            {
                await stores.Accounts.TryLogInAsync(user.Id, "hash-0", Session(name == "late" ? Now.AddHours(1) : Now), Audit(), Ct);
            }
        }

        Assert.Equal(expected, await WalkAsync(UserSort.LastLogin, descending));
    }

    [Theory]
    [InlineData(UserSort.CreatedAt)]
    [InlineData(UserSort.Username)]
    [InlineData(UserSort.Role)]
    [InlineData(UserSort.LastLogin)]
    public async Task List_RowsInsertedBetweenPages_NoRowIsSeenTwiceOrMissed(UserSort sort)
    {
        var names = Enumerable.Range(0, 7).Select(n => $"u{n}").ToList();
        foreach (var name in names)
        {
            await stores.AddUserAsync(name);
        }

        var seen = await WalkAsync(sort, descending: true, between: n => stores.AddUserAsync($"v{n}", Role.Admin));

        Assert.Equal(names.AsEnumerable().Reverse(), seen);
    }

    [Fact]
    public async Task List_CursorOfAnotherOrder_Throws()
    {
        var cursor = new PageCursor { Order = "role", Id = 1 };

        await Assert.ThrowsAsync<ArgumentException>(
            () => stores.Users.ListAsync(new UserQuery { Page = new PageRequest(1, cursor) }, Now, Ct));
    }

    [Fact]
    public async Task List_Filters_HoldTogether()
    {
        var lab = await stores.AddGroupAsync("lab");
        await stores.AddUserAsync("admin", Role.Admin, lab.Id);
        await stores.AddUserAsync("viewer", Role.Viewer, lab.Id);
        await stores.AddUserAsync("outside", Role.Viewer);

        var page = await stores.Users.ListAsync(
            new UserQuery { GroupId = lab.Id, Role = Role.Viewer, IsActive = true, Page = new PageRequest(10) }, Now, Ct);

        Assert.Equal("viewer", Assert.Single(page.Items).User.Username);
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task CountLoginAttempt_AtTheThreshold_LocksUntilThePauseIsOver()
    {
        var policy = new LockoutPolicy(2, TimeSpan.FromSeconds(30), TimeSpan.FromHours(1));
        var mio = await stores.AddUserAsync("mio");

        Assert.True(await stores.Users.TryCountLoginAttemptAsync(mio.Id, policy, Now, Ct));
        Assert.True(await stores.Users.TryCountLoginAttemptAsync(mio.Id, policy, Now, Ct));
        Assert.False(await stores.Users.TryCountLoginAttemptAsync(mio.Id, policy, Now.AddSeconds(29), Ct));
        Assert.True(await stores.Users.TryCountLoginAttemptAsync(mio.Id, policy, Now.AddSeconds(30), Ct));
        Assert.Equal(Now.AddSeconds(90), (await stores.Users.FindAsync(mio.Id, Ct))?.LockedUntil);

        Assert.Equal(WriteStatus.Done, await stores.Users.TryUnlockAsync(mio.Id, Audit(), Ct));
        Assert.Equal(mio, await stores.Users.FindAsync(mio.Id, Ct));
        Assert.Equal(WriteStatus.NotFound, await stores.Users.TryUnlockAsync(99, Audit(), Ct));
    }

    [Fact]
    public async Task Rehash_HashMovedOn_ChangesNothing()
    {
        var mio = await stores.AddUserAsync("mio");

        Assert.False(await stores.Users.TryRehashAsync(mio.Id, "other", "hash-1", Ct));
        Assert.True(await stores.Users.TryRehashAsync(mio.Id, "hash-0", "hash-1", Ct));

        Assert.Equal("hash-1", (await stores.Users.FindPasswordAsync(mio.Id, Ct))?.PasswordHash);
        Assert.Single(await stores.ReadAuditAsync());
    }

    private async Task<List<string>> WalkAsync(UserSort sort, bool descending, Func<int, Task>? between = null)
    {
        var seen = new List<string>();
        PageCursor? after = null;
        do
        {
            var query = new UserQuery { Sort = sort, Descending = descending, Page = new PageRequest(2, after) };
            var page = await stores.Users.ListAsync(query, Now, Ct);
            seen.AddRange(page.Items.Select(user => user.User.Username).Where(name => !name.StartsWith('v')));
            after = page.Next;

            // In every descending order these rows come before the page just read.
            if (between is not null && seen.Count is > 0 and < 7)
            {
                await between(seen.Count);
            }
        }
        while (after is not null);
        return seen;
    }
}
