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

    [Case]
    public async Task List_ByIds_GivesThoseThereAreInOrder()
    {
        var group = await MakeGroupAsync();
        var first = await MakeUserAsync(null, Role.Viewer, group.Id);
        await MakeUserAsync();
        var last = await MakeUserAsync(null, Role.User);
        async Task<(IEnumerable<long> Ids, long Total)> FoundAsync(UserQuery query)
        {
            var page = await Stores.Users.ListAsync(query, Now, Ct);
            return (page.Items.Select(u => u.User.Id), page.Total);
        }

        var both = new UserQuery { Ids = [first.Id, long.MaxValue, last.Id], Page = new PageRequest(9) };
        Assert.Equivalent((Ids: new[] { last.Id, first.Id }, Total: 2L), await FoundAsync(both));
        Assert.Equivalent((Ids: new[] { last.Id }, Total: 2L), await FoundAsync(both with { Page = new PageRequest(1) }));
        Assert.Equivalent((Ids: new[] { first.Id }, Total: 1L), await FoundAsync(both with { Role = Role.Viewer }));
        Assert.Equivalent((Ids: new[] { first.Id }, Total: 1L), await FoundAsync(both with { GroupId = group.Id }));
        Assert.Equivalent((Ids: Array.Empty<long>(), Total: 0L), await FoundAsync(both with { Ids = [] }));
    }

    [Case("ri", "River", "riverside")]
    [Case("RIV", "River", "riverside")]
    [Case("side", "riverside")]
    [Case("tone", "pebble")]
    [Case("river x")]
    [Case("pebble\nstone")]
    [Case("ÄRGER", "grumpier", "grumpy")]
    [Case("arger", "grumpier", "grumpy")]
    [Case("fluss", "grumpy")]
    [Case("Fluß", "grumpy")]
    [Case("lukasz", "lukas")]
    [Case("łUK", "lukas")]
    [Case("Café", "coffee")]
    [Case("cafe", "coffee")]
    [Case("σεύς", "odysseus")]
    [Case("ΛΑΕΡΤΗσ", "odysseus")]
    [Case("istanbul ilik", "istanbul")]
    [Case("İSTANBUL ILIK", "istanbul")]
    [Case("ıstanbul", "istanbul")]
    [Case("full width", "wide")]
    [Case("  ＦＵＬＬ\u3000\twidth ", "wide")]
    [Case("hidden", "unseen")]
    [Case("が", "kana")]
    [Case("か")]
    [Case("\U0001F986", "pond")]
    [Case("\U00010428", "pond")]
    [Case("100%", "percent")]
    [Case("0%", "percent")]
    [Case("100", "percent", "plain")]
    [Case("a_b", "under")]
    [Case("_", "under")]
    [Case("%", "percent")]
    [Case("\\", "slash")]
    [Case("\\o", "slash")]
    [Case("[a-z]", "bracket")]
    [Case("*", "star")]
    [Case("'", "quote")]
    [Requirement("V1.2.9")]
    public async Task List_Search_FindsAPartOfANameWithoutCaseAndAccents(string search, params string[] expected)
    {
        await MakeSearchableAsync();
        var page = await SearchAsync(search);
        Assert.Equal(expected.Order(StringComparer.OrdinalIgnoreCase), page.Items.Select(u => u.User.Username));
        Assert.Equal(expected.Length, page.Total);
    }

    [Case("")]
    [Case(" ")]
    [Case("\t\u3000\n")]
    [Case("\u0301\u200B")]
    public async Task List_SearchOfNothing_FindsEverybody(string search)
    {
        await MakeSearchableAsync();
        var page = await SearchAsync(search);
        Assert.Equal(await CountUsersAsync(), page.Total);
        Assert.Equal(page.Total, page.Items.Count);
    }

    [Case]
    public async Task List_SearchOfHalfACharacter_FindsNobody()
    {
        await MakeSearchableAsync();
        Assert.Empty((await SearchAsync("\U0001F986"[..1])).Items);
        Assert.Empty((await SearchAsync("\U0001F986"[1..])).Items);
    }

    [Case]
    public async Task List_SearchAfterARename_FindsTheNewNameAndTheUsername()
    {
        var user = await MakeUserAsync("swan");
        await WritesAsync(e => Stores.Accounts.TryUpdateUserAsync(user.Id, new UserChange { DisplayName = "Früher" }, Now, e, Ct));
        await WritesAsync(e => Stores.Accounts.TryUpdateUserAsync(user.Id, new UserChange { DisplayName = "Später" }, Now, e, Ct));
        await WritesAsync(e => Stores.Accounts.TryUpdateUserAsync(user.Id, new UserChange { Role = Role.Viewer }, Now, e, Ct));
        Assert.Empty((await SearchAsync("fruher")).Items);
        Assert.Equal([user.Id], (await SearchAsync("spater")).Items.Select(u => u.User.Id));
        Assert.Equal([user.Id], (await SearchAsync("swan")).Items.Select(u => u.User.Id));
    }

    [Case]
    public async Task List_SearchThatFindsMany_PagesThroughThemOnce()
    {
        for (var i = 0; i < 5; i++)
        {
            await MakeUserAsync("wanted" + i);
            await MakeUserAsync("other" + i);
        }

        foreach (var sort in Enum.GetValues<UserSort>())
        {
            var seen = new List<string>();
            PageCursor? after = null;
            do
            {
                var query = new UserQuery { Search = "ANTED", Sort = sort, Page = new PageRequest(2, after) };
                var page = await Stores.Users.ListAsync(query, Now, Ct);
                Assert.Equal(5, page.Total);
                seen.AddRange(page.Items.Select(u => u.User.Username));
                after = page.Next;
            }
            while (after is not null);

            Assert.Equal(["wanted0", "wanted1", "wanted2", "wanted3", "wanted4"], seen.Order(StringComparer.Ordinal));
        }
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

    private async Task MakeSearchableAsync()
    {
        (string Name, string Display)[] users =
        [
            ("River", "x"), ("riverside", "x"), ("pebble", "Stone"), ("grumpy", "Ärger im Fluß"), ("grumpier", "Arger"),
            ("lukas", "ŁUKASZ"), ("coffee", "Cafe\u0301"), ("odysseus", "ΟΔΥΣΣΕΎΣ Λαέρτης"), ("istanbul", "İstanbul ılık"),
            ("wide", "ＦＵＬＬ  width"), ("unseen", "hid\u200Bden"), ("kana", "がぎ"), ("pond", "\U0001F986 \U00010400"),
            ("percent", "100% sure"), ("plain", "1000 sure"), ("under", "a_b"), ("ab-line", "x"), ("slash", "\\o/"),
            ("bracket", "[a-z]"), ("star", "*"), ("quote", "O'Hara"),
        ];
        foreach (var (name, display) in users)
        {
            await WritesAsync(e => Stores.Accounts.TryCreateUserAsync(DraftUser(name) with { DisplayName = display }, e, Ct));
        }
    }

    private Task<Page<UserDetails>> SearchAsync(string search) => Stores.Users.ListAsync(
        new UserQuery { Search = search, Sort = UserSort.Username, Descending = false, Page = new PageRequest(50) }, Now, Ct);

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
