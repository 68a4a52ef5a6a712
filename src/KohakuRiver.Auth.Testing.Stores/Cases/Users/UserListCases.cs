using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>Lists of users: filters, orders, pages.</summary>
[Subject("Users")]
internal sealed class UserListCases : StoreCases
{
    [Case]
    public async Task List_ByDefault_IsNewestFirstWithGroupsAndSessions()
    {
        var group = await MakeGroupAsync();
        var first = await MakeUserAsync(null, Role.Viewer, group.Id);
        var second = await MakeUserAsync();
        await MakeSessionAsync(first);
        await MakeSessionAsync(first, DraftSession(Now.AddMinutes(1)));

        var page = await Stores.Users.ListAsync(new UserQuery { Page = new PageRequest(10) }, Now.AddMinutes(2), Ct);
        Assert.Equal([second.Id, first.Id], page.Items.Select(u => u.User.Id));
        Assert.Equal(2, page.Total);
        Assert.Null(page.Next);
        Assert.Equal([new GroupRef(group.Id, group.Name)], page.Items[1].Groups);
        Assert.Equal(1, page.Items[1].ActiveSessions);
        Assert.Equal(await UserAsync(first.Id), page.Items[1].User);
        Assert.Empty(page.Items[0].Groups);
        Assert.Equal(0, page.Items[0].ActiveSessions);
    }

    [Case]
    public async Task List_NobodyMatches_IsAnEmptyLastPage()
    {
        await MakeUserAsync();
        var page = await Stores.Users.ListAsync(new UserQuery { Role = Role.Admin, Page = new PageRequest(5) }, Now, Ct);
        Assert.Empty(page.Items);
        Assert.Null(page.Next);
        Assert.Equal(0, page.Total);
    }

    [Case("ri", "River", "riverside")]
    [Case("RIV", "River", "riverside")]
    [Case("stone", "pebble")]
    [Case("ÄRGER", "grumpy")]
    [Case("łukasz", "lukas")]
    [Case("100%", "percent")]
    [Case("100", "percent", "plain")]
    [Case("a_b", "under")]
    [Case("a", "ab-line", "grumpier", "under")]
    [Case("%")]
    [Case("_")]
    [Case("\\", "slash")]
    [Case("[a-z]", "bracket")]
    [Case("*", "star")]
    [Case("iver")]
    [Requirement("V1.2.9")]
    public async Task List_Search_TakesTheStartLiterallyRegardlessOfCase(string search, params string[] expected)
    {
        (string Name, string Display)[] users =
        [
            ("River", "x"), ("riverside", "x"), ("pebble", "Stone"), (
                "grumpy", "Ärger im Fluß"), ("grumpier", "Arger"), ("lukas", "ŁUKASZ"),
            ("percent", "100% sure"), (
                "plain", "1000 sure"), ("under", "a_b"), ("ab-line", "x"), ("slash", "\\o/"), ("bracket", "[a-z]"), ("star", "*"),
        ];
        foreach (var (name, display) in users)
        {
            await WritesAsync(e => Stores.Accounts.TryCreateUserAsync(DraftUser(name) with { DisplayName = display }, e, Ct));
        }

        var query = new UserQuery { Search = search, Sort = UserSort.Username, Descending = false, Page = new PageRequest(50) };
        var page = await Stores.Users.ListAsync(query, Now, Ct);
        Assert.Equal(expected.Order(StringComparer.OrdinalIgnoreCase), page.Items.Select(u => u.User.Username));
        Assert.Equal(expected.Length, page.Total);
    }

    [Case]
    public async Task List_Filters_HoldTogether()
    {
        var group = await MakeGroupAsync();
        var other = await MakeGroupAsync();
        var wanted = await MakeUserAsync("wanted1", Role.Operator, group.Id, other.Id);
        await MakeUserAsync("wanted2", Role.Viewer, group.Id);
        await MakeUserAsync("wanted3", Role.Operator, other.Id);
        await MakeUserAsync("unlike", Role.Operator, group.Id);
        var disabled = await MakeUserAsync("wanted4", Role.Operator, group.Id);
        await WritesAsync(e => Stores.Accounts.TryUpdateUserAsync(disabled.Id, new UserChange { IsActive = false }, Now, e, Ct));

        var query =
            new UserQuery { Search = "WANTED", Role = Role.Operator, GroupId = group.Id, IsActive = true, Page = new PageRequest(1) };
        var page = await Stores.Users.ListAsync(query, Now, Ct);
        Assert.Equal([wanted.Id], page.Items.Select(u => u.User.Id));
        Assert.Equal(1, page.Total);
        Assert.Null(page.Next);
        Assert.Equal([group.Name, other.Name], page.Items[0].Groups.Select(g => g.Name));
        Assert.Equal([disabled.Id], (await Stores.Users.ListAsync(query with { IsActive = false }, Now, Ct)).Items.Select(u => u.User.Id));
    }

    [Case(UserSort.CreatedAt, "delta,Alpha,charlie,Bravo,echo")]
    [Case(UserSort.Username, "Alpha,Bravo,charlie,delta,echo")]
    [Case(UserSort.Role, "charlie,Alpha,echo,delta,Bravo")]
    [Case(UserSort.LastLogin, "delta,Bravo,echo,Alpha,charlie")]
    public async Task List_EachSort_PagesThroughAllOnceInBothDirections(UserSort sort, string upwards)
    {
        await MakeSortableAsync();
        var expected = upwards.Split(',');
        for (var limit = 1; limit <= expected.Length + 1; limit++)
        {
            Assert.Equal(expected, await PageThroughAsync(sort, descending: false, limit));
            Assert.Equal(expected.Reverse(), await PageThroughAsync(sort, descending: true, limit));
        }
    }

    [Case(UserSort.CreatedAt)]
    [Case(UserSort.Username)]
    [Case(UserSort.Role)]
    [Case(UserSort.LastLogin)]
    public async Task List_RowsComeAndGoBetweenPages_ShowsEachOldRowOnce(UserSort sort)
    {
        await MakeSortableAsync();
        foreach (var descending in new[] { false, true })
        {
            var all = await PageThroughAsync(sort, descending, 10);
            var query = new UserQuery { Sort = sort, Descending = descending, Page = new PageRequest(2) };
            var first = await Stores.Users.ListAsync(query, Now, Ct);

            // Rows are added on both sides of the cursor's row, and that row is removed.
            await MakeUserAsync("aaa" + NextNumber(), Role.Viewer);
            await MakeUserAsync("zzz" + NextNumber(), Role.Admin);
            await WritesAsync(e => Stores.Accounts.TryDeleteUserAsync(first.Items[1].User.Id, e, Ct));

            var seen = first.Items.Select(u => u.User.Username).Concat(await PageThroughAsync(sort, descending, 2, first.Next)).ToList();
            Assert.Equal(all, seen.Where(all.Contains));
        }
    }

    [Case]
    public async Task List_Cursor_NamesItsOrderAndSurvivesItsWrittenForm()
    {
        await MakeSortableAsync();
        foreach (var sort in Enum.GetValues<UserSort>())
        {
            var query = new UserQuery { Sort = sort, Descending = false, Page = new PageRequest(3) };
            var page = await Stores.Users.ListAsync(query, Now, Ct);
            Assert.NotNull(page.Next);
            Assert.Equal(query.OrderName, page.Next.Order);
            Assert.Equal(page.Items[2].User.Id, page.Next.Id);
            Assert.True(PageCursor.TryDecode(page.Next.Encode(), out var again));
            Assert.Equal(page.Next, again);
        }
    }

    /// <summary>Five users; created in this order: delta, Alpha, charlie, Bravo, echo.</summary>
    private async Task MakeSortableAsync()
    {
        await MakeUserAsync("delta", Role.Operator);
        var alpha = await MakeUserAsync("Alpha", Role.User);
        var charlie = await MakeUserAsync("charlie", Role.Viewer);
        await MakeUserAsync("Bravo", Role.Admin);
        await MakeUserAsync("echo", Role.User);
        await MakeSessionAsync(alpha);
        await MakeSessionAsync(charlie);
    }

    private async Task<IReadOnlyList<string>> PageThroughAsync(UserSort sort, bool descending, int limit, PageCursor? after = null)
    {
        var seen = new List<string>();
        while (true)
        {
            var query = new UserQuery { Sort = sort, Descending = descending, Page = new PageRequest(limit, after) };
            var page = await Stores.Users.ListAsync(query, Now, Ct);
            Assert.True(page.Items.Count <= limit);
            Assert.Equal(await CountUsersAsync(), page.Total);
            seen.AddRange(page.Items.Select(u => u.User.Username));
            if (page.Next is null)
            {
                return seen;
            }

            Assert.Equal(limit, page.Items.Count);
            after = page.Next;
        }
    }

    private async Task<long> CountUsersAsync() =>
        (await Stores.Users.ListAsync(new UserQuery { Page = new PageRequest(1000) }, Now, Ct)).Items.Count;
}
