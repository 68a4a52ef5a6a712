using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace KohakuRiver.Auth.Packages.Tests.ExistingApp;

/// <summary>What the app has around the library: logs, documents, metrics, its own tables and work of its own.</summary>
[Collection("existing app")]
public sealed partial class SurroundingsTests(AppHost app)
{
    [Fact]
    public async Task HttpLogging_WithBodies_ShowsNoSecret()
    {
        await app.LogInAsync("the-user", "user");
        await LogInByFormAsync("the-user");

        // Written after the request that it is about; what the app's own endpoints answer is there.
        var token = app.Person("user", isCookie: false).Value.Split(' ')[1];
        Assert.StartsWith("200", await app.TextAsync(app.Person("user", isCookie: false), "tasks"), StringComparison.Ordinal);
        await UntilAsync(() => app.Host.Output.Contains("ResponseBody: Tasks for the-user", StringComparison.Ordinal));
        var log = app.Host.Output;
        Assert.Contains("/shop/api/auth/login", log, StringComparison.Ordinal);
        Assert.Contains("/shop/admin/login", log, StringComparison.Ordinal);
        Assert.DoesNotContain(AppHost.Password, log, StringComparison.Ordinal);
        Assert.DoesNotContain(WebUtility.UrlEncode(AppHost.Password), log, StringComparison.Ordinal);
        Assert.DoesNotContain(token, log, StringComparison.Ordinal);
        Assert.All(app.People.Where(p => p.IsCookie), p => Assert.DoesNotContain(p.Value.Split('=')[1], log, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Documents_OfTheAppAndOfTheLibrary_StandSideBySide()
    {
        var own = JsonNode.Parse((await app.TextAsync(AppHost.Anonymous, "swagger/v1/swagger.json"))[4..])!;
        var paths = own["paths"]!.AsObject().Select(p => p.Key).ToList();
        Assert.Contains("/mvc/tasks", paths);
        Assert.Contains("/jobs", paths);
        Assert.DoesNotContain(
            paths, p => p.StartsWith("/api/", StringComparison.Ordinal) || p.StartsWith("/admin", StringComparison.Ordinal));
        Assert.Null(own["paths"]!["/tasks"]!["get"]!["parameters"]);

        var ours = JsonNode.Parse((await app.TextAsync(AppHost.Anonymous, "api/openapi.json"))[4..])!;
        Assert.Equal("""[{"url":"/shop"}]""", ours["servers"]!.ToJsonString());
    }

    [Fact]
    public async Task Metrics_AndHealth_IncludeTheLibrarysOwn()
    {
        Assert.Equal("200 Healthy", await app.TextAsync(AppHost.Anonymous, "health"));
        Assert.Contains("kohaku_river_auth_logins_total", await app.TextAsync(AppHost.Anonymous, "metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwnTable_ByUserId_JoinsGivesClaimsAndIsCleaned()
    {
        var made = await app.DoneAsync(
            app.Admin, HttpMethod.Post, "api/auth/users", new { username = "cora", password = AppHost.Password, role = "viewer" });
        var id = (made["user"] ?? made)["id"]!.GetValue<long>();
        var cora = await app.LogInAsync("cora", "viewer");
        Assert.Equal("200 none", await app.TextAsync(cora, "department"));

        await app.DoneAsync(app.Admin, HttpMethod.Post, $"profiles/{id}/lab");
        Assert.Equal("200 lab", await app.TextAsync(cora, "department"));
        Assert.Equal("200 [\"cora\"]", await app.TextAsync(app.Admin, "profiles/lab"));
        Assert.Equal("0", (await app.DoneAsync(app.Admin, HttpMethod.Post, "profiles/clean")).ToString());

        await app.DoneAsync(app.Admin, HttpMethod.Delete, $"api/auth/users/{id}");
        Assert.Equal("1", (await app.DoneAsync(app.Admin, HttpMethod.Post, "profiles/clean")).ToString());
        Assert.Equal("200 []", await app.TextAsync(app.Admin, "profiles/lab"));
    }

    [Fact]
    public async Task Panel_OfTheApp_HasItsNamePageAndSection()
    {
        var viewer = app.Person("viewer", isCookie: true);
        var page = await app.TextAsync(viewer, "admin/machines");
        Assert.Contains("<title>Machines · Workshop</title>", page, StringComparison.Ordinal);
        Assert.Contains("<h1>Machines of the-viewer</h1>", page, StringComparison.Ordinal);
        Assert.Contains("Asked at /shop.", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/shop/admin/machines\"", await app.TextAsync(viewer, "admin/account"), StringComparison.Ordinal);

        var dora = await app.DoneAsync(
            app.Admin, HttpMethod.Post, "api/auth/users", new { username = "dora", password = AppHost.Password, role = "viewer" });
        var id = (dora["user"] ?? dora)["id"]!.GetValue<long>();
        await app.DoneAsync(app.Admin, HttpMethod.Post, $"profiles/{id}/foundry");
        Assert.Contains("dora works in: foundry.", await app.TextAsync(app.Admin, $"admin/users/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_BegunByARequest_ActsAsItsCaller()
    {
        using (var asked = await app.SendAsync(app.Admin, HttpMethod.Post, "reports/weekly"))
        {
            Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        }

        await UntilAsync(async () =>
            (await app.TextAsync(app.Admin, "reports")).Contains("weekly: made for ada (Admin)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Host_StartedAgainOnItsFile_KeepsItsPeopleAndTakesTheDefaultItIsToldTo()
    {
        await using var first = await RunningHost.StartAsync(app.Program, folder: null, app.Settings());
        Assert.DoesNotContain("/setup?code=", first.Output, StringComparison.Ordinal);
        await first.KillAsync();
        await using var second = await RunningHost.StartAsync(
            app.Program, first.Folder, app.Settings(("ClusterIsDefault", "true")));
        var home = new Uri(second.Addresses[0], "/shop/");

        using var login = await app.SendAsync(
            AppHost.Anonymous, HttpMethod.Post, "api/auth/login", new { username = "ada", password = AppHost.Password }, home: home);
        var ada = new Caller("ada", Header: "Cookie", Value: login.Headers.GetValues("Set-Cookie").First().Split(';')[0]);
        using var known = await app.SendAsync(ada, HttpMethod.Get, "default", home: home);
        Assert.Equal("Hello ada", await known.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using var stranger = await app.SendAsync(AppHost.Anonymous, HttpMethod.Get, "default", home: home);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);

        // Without being told, it is Identity's.
        Assert.StartsWith("302", await app.TextAsync(app.Admin, "default"), StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", second.Output, StringComparison.Ordinal);
    }

    // The form as a browser fills it in, with the cookie that came with it.
    private async Task LogInByFormAsync(string name)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var page = await client.GetStringAsync(new Uri(app.Home, "admin/login"), TestContext.Current.CancellationToken);
        var login = page.Split("<form").Single(form => form.Contains("\"password\"", StringComparison.Ordinal));
        var sent = HiddenInput().Matches(login)
            .ToDictionary(m => m.Groups["name"].Value, m => WebUtility.HtmlDecode(m.Groups["value"].Value), StringComparer.Ordinal);
        sent["username"] = name;
        sent["password"] = AppHost.Password;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.Home, "admin/login"))
        {
            Content = new FormUrlEncodedContent(sent),
        };
        request.Headers.Add("Origin", app.Home.GetLeftPart(UriPartial.Authority));
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    private static Task UntilAsync(Func<bool> isThere) => UntilAsync(() => Task.FromResult(isThere()));

    private static async Task UntilAsync(Func<Task<bool>> isThereAsync)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (!await isThereAsync())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HiddenInput();
}
