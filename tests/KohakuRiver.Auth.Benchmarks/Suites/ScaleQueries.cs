using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Benchmarks.Suites;

/// <summary>What is asked of every size of database. Each asks for other rows from call to call.</summary>
internal static class ScaleQueries
{
    // A hundred pages of ten are all there is with a thousand users.
    private const int PageLength = 10;

    // Ten users' names have it, however many there are.
    private const string Part = "ser000012";

    /// <summary>Name, repetitions a round, the query, and whether it has a goal.</summary>
    public static IReadOnlyList<(string Name, int Repetitions, Func<ScaleDatabase, Task> Work, bool HasGoal)> All { get; } =
    [
        ("credential look-up (token)", 300, LookUpAsync, true),
        ("pending count", 100, d => d.Stores.Approvals.CountPendingAsync(CancellationToken.None), true),
        ("first page of users", 100, d => PageAsync(d, UserSort.CreatedAt, null), true),
        ("hundredth page of users", 100, d => PageAsync(d, UserSort.CreatedAt, d.Hundredth), true),
        ("first page of users by name", 100, d => PageAsync(d, UserSort.Username, null), true),
        ("hundredth page of users by name", 100, d => PageAsync(d, UserSort.Username, d.HundredthByName), true),
        ("search by a part of few names", 20, d => SearchAsync(d, Part), false),
        ("search by a part of everybody's name", 3, d => SearchAsync(d, "ser0"), false),
    ];

    /// <summary>The cursor of the hundredth page.</summary>
    public static async Task<PageCursor?> HundredthAsync(KohakuStoreSet stores, UserSort sort)
    {
        PageCursor? cursor = null;
        for (var page = 1; page < 100; page++)
        {
            var got = await stores.Users.ListAsync(Query(sort, cursor), TimeProvider.System.GetUtcNow(), CancellationToken.None);
            cursor = got.Next ?? throw new InvalidOperationException($"There is no page {page + 1}.");
        }

        return cursor;
    }

    private static async Task LookUpAsync(ScaleDatabase database) =>
        _ = await database.Stores.Tokens.FindAsync(
            database.NextHash(), CancellationToken.None) ?? throw new InvalidOperationException("The token is not there.");

    private static async Task PageAsync(ScaleDatabase database, UserSort sort, PageCursor? after)
    {
        var page = await database.Stores.Users.ListAsync(Query(sort, after), TimeProvider.System.GetUtcNow(), CancellationToken.None);
        if (page.Items.Count != PageLength)
        {
            throw new InvalidOperationException("The page is not full.");
        }
    }

    private static async Task SearchAsync(ScaleDatabase database, string part)
    {
        var query = new UserQuery { Search = part, Page = new PageRequest(PageLength) };
        var page = await database.Stores.Users.ListAsync(query, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        if (page.Items.Count != PageLength)
        {
            throw new InvalidOperationException("The search found too little.");
        }
    }

    private static UserQuery Query(UserSort sort, PageCursor? after) =>
        new() { Sort = sort, Descending = sort != UserSort.Username, Page = new PageRequest(PageLength, after) };
}
