namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Calls;

/// <summary>Pages, followed by their links.</summary>
public sealed class PagingTests
{
    private static readonly string[] Lists =
    [
        "/api/auth/users?limit=3", "/api/auth/users?limit=3&sort=username", "/api/auth/users?limit=3&sort=-username",
        "/api/auth/users?limit=3&sort=role", "/api/auth/users?limit=3&sort=-role", "/api/auth/users?limit=3&sort=created_at",
        "/api/auth/users?limit=3&sort=last_login", "/api/auth/users?limit=3&sort=-last_login",
        "/api/auth/groups?limit=3", "/api/auth/groups/1/members?limit=3&sort=username",
        "/api/auth/invitations?limit=3", "/api/auth/tokens?owner=all&limit=3", "/api/tasks/pending-approval?limit=3",
        "/api/approvals?status=pending_approval&limit=3", "/api/auth/audit?action=user.create&limit=3",
    ];

    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    public async Task EveryList_FollowedByItsLinksWhileRowsAreAdded_VisitsEachRowOnce(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        TestUser? first = null;
        var number = 0;
        for (; number < 10; number++)
        {
            first ??= await AddRowsAsync(host, number, first);
            await AddRowsAsync(host, 100 + number, first);
        }

        foreach (var list in Lists)
        {
            var before = KeysOf((await host.Master.GetAsync(list.Replace("limit=3", "limit=500", StringComparison.Ordinal))).Expect(200));
            Assert.Equal(before.Count, before.Distinct(StringComparer.Ordinal).Count());
            var seen = new List<string>();
            var pages = 0;
            for (var next = list; next is not null; pages++)
            {
                var page = (await host.Master.GetAsync(next)).Expect(200);
                Assert.InRange(page.Json.GetArrayLength(), 1, 3);
                seen.AddRange(KeysOf(page));
                next = Next(page);
                Assert.True(pages < 100, "The links never end.");
                if (pages < 2)
                {
                    await AddRowsAsync(host, number++, first!);
                }
            }

            Assert.True(pages >= 4, list);
            Assert.True(seen.Count == seen.Distinct(StringComparer.Ordinal).Count(), list);
            Assert.Equal(before, seen.Where(before.Contains));
        }
    }

    [Fact]
    public async Task Limit_AtItsBounds_IsKept()
    {
        await using var host = await TestHost.StartApiAsync();
        var audit = host.Get<IAuditService>();
        for (var i = 0; i < 510; i++)
        {
            await audit.RecordAsync(Actor.Host, "test.note");
        }

        Assert.Equal(100, (await host.Master.GetAsync("/api/auth/audit")).Expect(200).Json.GetArrayLength());
        var most = (await host.Master.GetAsync("/api/auth/audit?limit=500")).Expect(200);
        Assert.Equal(500, most.Json.GetArrayLength());

        // With the one entry that says that the log is read with the master secret.
        Assert.Equal("511", most.Header("X-Total-Count"));
        Assert.Single((await host.Master.GetAsync("/api/auth/audit?limit=1")).Expect(200).Json.EnumerateArray());
        foreach (var limit in new[] { "0", "501", "-1", "x", "1.0", "1e1", "99999999999" })
        {
            (await host.Master.GetAsync($"/api/auth/audit?limit={limit}")).ExpectProblem(400, "limit");
        }

        (await host.Master.GetAsync("/api/auth/audit?limit=1&limit=1")).ExpectProblem(400, "limit");
    }

    [Fact]
    public async Task Link_OfAFilteredList_KeepsItsFiltersAndThePrefix()
    {
        await using var host = await TestHost.StartApiAsync();
        for (var i = 0; i < 3; i++)
        {
            await host.AddAsync(Role.User, $"mary.{i}");
            await host.AddAsync(Role.User, $"jane.{i}");
        }

        var page = await host.Master.GetAsync("/api/auth/users?limit=2&search=mary&sort=username");
        Assert.StartsWith("</api/auth/users?limit=2&search=mary&sort=username&cursor=", page.Header("Link"), StringComparison.Ordinal);
        Assert.EndsWith(">; rel=\"next\"", page.Header("Link"), StringComparison.Ordinal);
        Assert.Equal("3", page.Header("X-Total-Count"));
        var last = await host.Master.GetAsync(Next(page)!);
        Assert.Equal("mary.2", Assert.Single(last.Json.EnumerateArray()).GetProperty("username").GetString());
        Assert.Null(Next(last));
    }

    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    public async Task Cursor_MadeUpByTheCaller_IsRefusedOrGivesAPage(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        await host.AddAsync(Role.User);
        string[] sorts = ["username", "-username", "role", "-role", "created_at", "-created_at", "last_login", "-last_login"];
        var texts = new[] { null, "", "x", "\0", new string('x', 500) };
        var numbers = new long?[] { null, 0, -1, 1, long.MaxValue, long.MinValue };
        foreach (var sort in sorts)
        {
            foreach (var text in texts)
            {
                foreach (var number in numbers)
                {
                    var cursor = new PageCursor { Order = sort, Id = number ?? 1, Text = text, Number = number };
                    var answer = await host.Master.GetAsync($"/api/auth/users?sort={sort}&cursor={cursor.Encode()}");
                    Assert.True(answer.Status is 200 or 400, answer.Text);
                }
            }
        }

        foreach (var list in new[]
        {
            "/api/auth/groups",
            "/api/auth/invitations",
            "/api/auth/tokens?owner=all",
            "/api/tasks/pending-approval",
            "/api/approvals",
            "/api/auth/audit",
        })
        {
            foreach (var id in new[] { 0, -1, long.MaxValue, long.MinValue })
            {
                var cursor = new PageCursor { Order = "-id", Id = id };
                (await host.Master.GetAsync($"{list}{(list.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor={cursor.Encode()}"))
                    .Expect(200);
            }

            var foreign = new PageCursor { Order = "username", Id = 1, Text = "x" };
            (await host.Master.GetAsync($"{list}{(list.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor={foreign.Encode()}"))
                .ExpectProblem(400, "cursor");
        }
    }

    internal static string? Next(ApiAnswer page) =>
        page.Header("Link") is { } link ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : null;

    private static async Task<TestUser> AddRowsAsync(TestHost host, int number, TestUser? submitter)
    {
        // Names that go on one after the other in the order of each list, so that new rows come before and after the page.
        host.Clock.Advance(TimeSpan.FromMilliseconds(number % 3));
        var role = (Role)(1 + (number % 4));
        var made = (await host.Master.PostAsync("/api/auth/groups", new { name = $"group {number}" })).Expect(200);
        var user = await host.AddAsync(role, $"{(char)('a' + (number * 7 % 26))}user{number}", 1);
        (await host.Master.PostAsync("/api/auth/invitations")).Expect(200);
        var maker = submitter ?? user;
        if (submitter is null)
        {
            (await host.Master.PutAsync($"/api/auth/users/{user.Id}/role", new { role = "user" })).Expect(200);
        }

        await host.SubmitAsync(maker, $"task-{made.Id}");
        return user;
    }

    private static List<string> KeysOf(ApiAnswer page) =>
    [
        .. page.Json.EnumerateArray()
            .Select(row => row.TryGetProperty("task_id", out var task) ? task.GetString()! : row.GetProperty("id").GetRawText()),
    ];
}
