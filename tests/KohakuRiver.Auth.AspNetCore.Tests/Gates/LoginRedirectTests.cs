using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore.Tests.Gates;

/// <summary>Who is led to a login page, over sockets; where it leads back to; and who is told 401 as ever.</summary>
public sealed class LoginRedirectTests
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8";

    [Theory]
    [InlineData("GET", Browser, null, 302)]
    [InlineData("HEAD", Browser, null, 302)]
    [InlineData("GET", Browser, "navigate", 302)]
    [InlineData("GET", "application/xhtml+xml", null, 302)]
    [InlineData("GET", "application/json;q=0.5, text/html", null, 302)]
    [InlineData("GET", Browser, "cors", 401)]
    [InlineData("GET", Browser, "no-cors", 401)]
    [InlineData("POST", Browser, "navigate", 401)]
    [InlineData("GET", null, null, 401)]
    [InlineData("GET", "*/*", null, 401)]
    [InlineData("GET", "text/*", null, 401)]
    [InlineData("GET", "text/html;q=0", null, 401)]
    [InlineData("GET", "application/json, text/html", null, 401)]
    [InlineData("GET", "application/json, text/html;q=0.5", null, 401)]
    [InlineData("GET", "application/problem+json, text/html;q=0.9", null, 401)]
    [InlineData("GET", "no type at all", null, 401)]
    public async Task Request_ByWhatItIs_IsLedToTheLoginOrTold401(string method, string? accept, string? mode, int status)
    {
        await using var host = await StartAsync();
        var headers = new List<(string, string)>();
        if (accept is not null)
        {
            headers.Add(("Accept", accept));
        }

        if (mode is not null)
        {
            headers.Add(("Sec-Fetch-Mode", mode));
        }

        var answer = await host.SendAsync(new HttpMethod(method), "/mine?a=1", headers);

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 302 ? "/sign-in?return=%2Fmine%3Fa%3D1" : null, answer.Header("Location"));
    }

    [Theory]
    [InlineData("/mine", "/sign-in?return=%2Fmine")]
    [InlineData("/named", "/sign-in?return=%2Fnamed")]
    [InlineData("/default", "/sign-in?return=%2Fdefault")]
    [InlineData("/vps/1", "/sign-in?return=%2Fvps%2F1")]
    [InlineData("/ungated", null)]
    [InlineData("/api/own", null)]
    [InlineData("/api/auth/users", null)]
    [InlineData("/sign-in", null)]
    public async Task Page_ByWhoseItIs_LeadsToTheLoginOrNot(string path, string? expected)
    {
        await using var host = await StartAsync();

        var answer = await host.GetAsync(path, ("Accept", Browser));

        Assert.Equal(expected, answer.Header("Location"));
        Assert.Equal(expected is not null ? 302 : path == "/ungated" ? 200 : 401, answer.Status);
    }

    [Theory]
    [InlineData("/theirs")]
    [InlineData("/either")]
    [InlineData("/either-way-round")]
    public async Task PageOfAnotherScheme_IsAnsweredByThatScheme(string path)
    {
        await using var host = await StartAsync(
            services: s => s.AddAuthentication("Own").AddCookie("Own", o => o.LoginPath = "/their-login"));

        var answer = await host.GetAsync(path, ("Accept", Browser));

        Assert.Equal((302, ""), (answer.Status, answer.Body));
        Assert.StartsWith("/their-login?", new Uri(answer.Header("Location")!).PathAndQuery, StringComparison.Ordinal);
        Assert.Equal("/sign-in?return=%2Fmine", (await host.GetAsync("/mine", ("Accept", Browser))).Header("Location"));
    }

    [Fact]
    public async Task Credential_ThatIsBad_CountsAsAProgramsUnlessItIsACookie()
    {
        await using var host = await StartAsync();
        var gone = await host.AddAsync(Role.Viewer);
        await host.DeleteAsync(gone);

        (await host.GetAsync("/mine", gone.BearerHeader, ("Accept", Browser))).AssertProblem(401);
        (await host.GetAsync("/mine", ("X-Admin-Token", "wrong"), ("Accept", Browser))).AssertProblem(401);
        var cookie = await host.GetAsync("/mine", gone.CookieHeader, ("Accept", Browser));
        Assert.Equal((302, "/sign-in?return=%2Fmine"), (cookie.Status, cookie.Header("Location")));
        Assert.Contains(cookie.Headers["Set-Cookie"], c => c.Contains("=; expires=Thu, 01 Jan 1970", StringComparison.Ordinal));
        (await host.GetAsync("/ungated", gone.CookieHeader, ("Accept", Browser))).AssertProblem(401);
    }

    [Fact]
    public async Task Refusal_OfSomebodyKnown_StaysForbidden()
    {
        await using var host = await StartAsync();
        var viewer = await host.AddAsync(Role.Viewer);

        (await host.GetAsync("/admins", viewer.CookieHeader, ("Accept", Browser))).AssertProblem(403);
    }

    [Theory]
    [InlineData("//evil.example/x")]
    [InlineData("///evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/%5Cevil.example")]
    [InlineData("/%2F%2Fevil.example")]
    [InlineData("/x%0d%0aLocation:%20https://evil.example")]
    public async Task Return_OfAnyAddress_StaysOnThisHost(string path)
    {
        await using var host = await StartAsync();
        var sockets = new SocketHost(host);

        var answer = await sockets.SendRawAsync(
            $"GET {path} HTTP/1.1\r\nHost: evil.example\r\nAccept: text/html\r\nConnection: close\r\n\r\n");

        if (answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal))
        {
            return;
        }

        Assert.StartsWith("HTTP/1.1 302", answer, StringComparison.Ordinal);
        var location = answer.Split("\r\n").Single(l => l.StartsWith("Location: ", StringComparison.Ordinal))[10..];
        Assert.StartsWith("/sign-in", location, StringComparison.Ordinal);
        var there = new Uri(new Uri("http://host.test"), location);
        var back = Uri.UnescapeDataString(there.Query.Replace("?return=", "", StringComparison.Ordinal));
        Assert.True(back.Length == 0 || new Uri(new Uri("http://host.test"), back).Host == "host.test", back);
        Assert.DoesNotContain('\\', back);
    }

    [Fact]
    public async Task Return_ThatIsTooLong_IsLeftOut()
    {
        await using var host = await StartAsync();

        var answer = await host.GetAsync("/mine?" + new string('x', 1_000), ("Accept", Browser));

        Assert.Equal((302, "/sign-in"), (answer.Status, answer.Header("Location")));
    }

    [Fact]
    public async Task WithoutALoginPage_NobodyIsLedAnywhere()
    {
        await using var host = await StartAsync(loginPath: null);

        (await host.GetAsync("/mine", ("Accept", Browser))).AssertProblem(401);
    }

    [Theory]
    [InlineData("https://evil.example/login")]
    [InlineData("//evil.example/login")]
    [InlineData("/\\evil.example")]
    [InlineData("login")]
    [InlineData("")]
    public async Task LoginPath_ThatIsNoPathOfThisHost_FailsTheStart(string path)
    {
        var e = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(loginPath: path));

        Assert.Contains("LoginPath", e.Message, StringComparison.Ordinal);
    }

    private static Task<TestHost> StartAsync(
        string? loginPath = "/sign-in", Action<IServiceCollection>? services = null) => TestHost.StartAsync(
        new HostSetup
        {
            Urls = "http://127.0.0.1:0",
            Services = services,
            Auth = auth => auth.AddAspNetCore(o => o.LoginPath = loginPath),
            Map = app =>
            {
                app.MapKohakuAuth();
                app.MapMethods("/mine", ["GET", "HEAD", "POST"], (Actor actor) => actor.Username).RequireKohakuRole(Role.Viewer);
                app.MapGet("/named", () => "named").RequireAuthorization(PermissionNames.ViewTasks);
                app.MapGet("/default", () => "default").RequireAuthorization();
                app.MapGet("/vps/{vps_id}", (string vps_id) => vps_id).RequireVpsAccess();
                app.MapGet("/admins", () => "admins").RequireKohakuRole(Role.Admin);
                app.MapGet("/ungated", (Actor actor) => actor.Username);
                app.MapGet("/sign-in", () => "closed").RequireKohakuRole(Role.Viewer);
                app.MapGet("/api/own", () => "own").RequireKohakuRole(Role.Viewer);
                app.MapGet("/either", (ClaimsPrincipal user) => user.Identity!.Name)
                    .RequireAuthorization(Needing("Own", KohakuAuthDefaults.Scheme));
                app.MapGet("/either-way-round", (ClaimsPrincipal user) => user.Identity!.Name)
                    .RequireAuthorization(Needing(KohakuAuthDefaults.Scheme, "Own"));
                app.MapGet("/theirs", (ClaimsPrincipal user) => user.Identity!.Name).RequireAuthorization(Needing("Own"));
                app.MapGet("/{**any}", () => "any").RequireKohakuRole(Role.Viewer);
            },
        });

    private static AuthorizationPolicy Needing(params string[] schemes) =>
        new AuthorizationPolicyBuilder(schemes).RequireAuthenticatedUser().Build();
}
