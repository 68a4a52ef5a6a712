using System.Net;

namespace KohakuRiver.Auth.Packages.Tests.ExistingApp;

/// <summary>Who gets through which gate of the app, over real sockets.</summary>
[Collection("existing app")]
public sealed class GateTests(AppHost app)
{
    private const int Viewer = 1, User = 2, Operator = 3, Admin = 4;

    private static readonly (HttpMethod Method, string Path, int From)[] Gates =
    [
        (HttpMethod.Get, "tasks", Viewer), (HttpMethod.Get, "bookings", User), (HttpMethod.Get, "operators", Operator),
        (HttpMethod.Get, "nodes", Viewer), (HttpMethod.Get, "nodes/first", Viewer), (HttpMethod.Get, "nodes/last", Viewer),
        (HttpMethod.Get, "mvc/tasks", Viewer), (HttpMethod.Post, "mvc/tasks/7/approval", Operator),
        (HttpMethod.Get, "mvc/tasks/settings", Admin),
        (HttpMethod.Get, "Tasks", Viewer), (HttpMethod.Get, "Approvals", Operator), (HttpMethod.Get, "Operators/Board", Operator),
        (HttpMethod.Get, "queue", Operator), (HttpMethod.Get, "camera/picture", Viewer),
        (HttpMethod.Get, "reports", Admin), (HttpMethod.Get, "api/auth/users", Operator), (HttpMethod.Get, "admin/users", Operator),
        (HttpMethod.Get, "api/auth/settings", Admin), (HttpMethod.Get, "admin/settings", Admin),
    ];

    [Fact]
    public async Task Gates_OfEachFramework_OpenFromTheirRoleUpAndForNobodyElse()
    {
        var faults = new List<string>();
        foreach (var (method, path, from) in Gates)
        {
            foreach (var caller in app.Everybody)
            {
                using var answer = await app.SendAsync(caller, method, path);
                var isPanel = path.StartsWith("admin/", StringComparison.Ordinal);
                var expected = caller.Rank >= from && !(isPanel && !caller.IsCookie) ? HttpStatusCode.OK
                    : isPanel && (caller.Rank == 0 || !caller.IsCookie) ? HttpStatusCode.Found
                    : caller.Rank == 0 ? HttpStatusCode.Unauthorized
                    : HttpStatusCode.Forbidden;
                if (answer.StatusCode != expected)
                {
                    faults.Add($"{method} {path} by {caller}: {(int)answer.StatusCode} instead of {(int)expected}");
                }
            }
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task OwnSchemes_BesideTheLibrary_LetThroughTheirOwnPeopleAlone()
    {
        foreach (var caller in app.Everybody)
        {
            Assert.Equal(caller == app.Own, (await app.TextAsync(caller, "account")) == "200 Account of ivy");
            Assert.Equal(
                caller == AppHost.Robot || caller == AppHost.Imitator, (await app.TextAsync(caller, "robots")) == "200 Hello robot-1");
            Assert.StartsWith("302", await app.TextAsync(caller, "partners"), StringComparison.Ordinal);
            Assert.DoesNotContain("saw", await app.TextAsync(caller, "machines"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Endpoint_ForRobotsOrPeople_TakesEachByWhatCountsForThem()
    {
        var answers = new List<string>();
        foreach (var caller in app.Everybody)
        {
            using var answer = await app.SendAsync(caller, HttpMethod.Post, "jobs");
            var text = answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken) : "";
            answers.Add($"{caller.Name}: {(int)answer.StatusCode} {text}".TrimEnd());
        }

        Assert.Equal(
            [
                "anonymous: 401", "robot: 200 Job of the robot robot-1", "imitator: 403", "ivy: 401",
                "mia by the app: 200 Job of mia",
                "ada by session: 200 Job of ada", "ada by token: 200 Job of ada",
                "the-viewer by session: 403", "the-viewer by token: 403",
                "the-user by session: 200 Job of the-user", "the-user by token: 200 Job of the-user",
                "the-operator by session: 200 Job of the-operator", "the-operator by token: 200 Job of the-operator",
            ],
            answers);
    }

    [Fact]
    public async Task Endpoint_ForEverybody_KnowsWhoCallsUnlessItIgnoresCredentials()
    {
        foreach (var caller in app.Everybody)
        {
            var name = caller.Rank == 0 ? "_anonymous" : caller.Name.Split(' ')[0];
            Assert.Equal($"200 Hello {name}", await app.TextAsync(caller, "welcome"));
            Assert.Equal("200 pong _anonymous", await app.TextAsync(caller, "ping"));
        }

        var bad = new Caller("bad", Header: "Authorization", Value: "Bearer krt_nonsense");
        Assert.StartsWith("401", await app.TextAsync(bad, "welcome"), StringComparison.Ordinal);
        Assert.StartsWith("200", await app.TextAsync(bad, "ping"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_ThatHasEnded_Is401OnceNextToAJwtAndIsCleared()
    {
        var person = await app.LogInAsync("the-user", "user");
        using (await app.SendAsync(person, HttpMethod.Post, "api/auth/logout"))
        {
        }

        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.Home, "jobs"));
        request.Headers.Add("Cookie", person.Value);
        request.Headers.TryAddWithoutValidation(AppHost.Robot.Header!, AppHost.Robot.Value);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        var name = person.Value.Split('=')[0];
        Assert.Contains(
            answer.Headers.GetValues("Set-Cookie"),
            c => c.StartsWith(name + "=;", StringComparison.Ordinal) && c.Contains("1970", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tasks")]
    [InlineData("Tasks")]
    [InlineData("Operators/Board?day=1")]
    [InlineData("queue")]
    [InlineData("mvc/tasks")]
    [InlineData("camera/picture")]
    public async Task Page_OpenedInABrowserByAStranger_LeadsToThePanelsLoginAndBack(string path)
    {
        const string browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        foreach (var caller in new[] { AppHost.Anonymous, app.Own })
        {
            using var answer = await app.SendAsync(caller, HttpMethod.Get, path, accept: browser);
            Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
            Assert.Equal(
                "/shop/admin/login?return=" + Uri.EscapeDataString("/shop/" + path),
                new Uri(app.Home, answer.Headers.Location!).PathAndQuery);
        }

        using var refused = await app.SendAsync(AppHost.Robot, HttpMethod.Get, path, accept: browser);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task Proxy_ForACallerWithThePermission_PassesNoCredentialOn()
    {
        foreach (var caller in new[] { app.Person("viewer", isCookie: true), app.Person("viewer", isCookie: false) })
        {
            Assert.Equal("200 picture", await app.TextAsync(caller, "camera/picture"));
            var seen = app.Camera.Seen.Last();
            Assert.Contains("Host", seen);
            Assert.Empty(seen.Intersect(["Cookie", "Authorization", "X-Admin-Token", "X-Admin-Secret"], StringComparer.OrdinalIgnoreCase));
        }
    }
}
