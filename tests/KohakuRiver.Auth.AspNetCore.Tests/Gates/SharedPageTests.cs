using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth.AspNetCore.Tests.Gates;

/// <summary>
/// Pages of the host that name a cookie scheme beside ours: each answers a refusal, whichever is named first, over sockets, where an answer
/// that has begun cannot be changed any more.
/// </summary>
public sealed class SharedPageTests
{
    private static readonly (string, string) Browser = ("Accept", "text/html,*/*;q=0.8");

    [Theory]
    [InlineData("/ours-first")]
    [InlineData("/theirs-first")]
    public async Task Stranger_OnASharedPage_IsLedByTheOtherSchemeOrTold401(string path)
    {
        await using var host = await StartAsync();

        var browser = await host.GetAsync(path, Browser);
        Assert.Equal((302, "/their-login"), (browser.Status, PathOf(browser)));
        var program = await host.GetAsync(path);
        program.AssertProblem(401);
        Assert.Null(program.Header("Location"));
        AssertNoFault(host);
    }

    [Theory]
    [InlineData("/ours-first")]
    [InlineData("/theirs-first")]
    public async Task UserOfTheOtherScheme_WhomWeDoNotKnow_IsLedByThatSchemeOrTold401(string path)
    {
        await using var host = await StartAsync();
        var signedIn = await host.GetAsync("/sign-in-there");
        var cookie = ("Cookie", signedIn.Headers["Set-Cookie"].Single().Split(';')[0]);

        var browser = await host.GetAsync(path, cookie, Browser);
        Assert.Equal((302, "/their-denial"), (browser.Status, PathOf(browser)));
        var program = await host.GetAsync(path, cookie);
        program.AssertProblem(401);
        Assert.Null(program.Header("Location"));
        AssertNoFault(host);
    }

    [Theory]
    [InlineData("/ours-first")]
    [InlineData("/theirs-first")]
    public async Task ActorOfALowerRole_OnASharedPage_IsLedByTheOtherSchemeOrTold403(string path)
    {
        await using var host = await StartAsync();
        var viewer = await host.AddAsync(Role.Viewer);

        var browser = await host.GetAsync(path, viewer.CookieHeader, Browser);
        Assert.Equal((302, "/their-denial"), (browser.Status, PathOf(browser)));
        (await host.GetAsync(path, viewer.CookieHeader)).AssertProblem(403);
        (await host.GetAsync(path, viewer.BearerHeader, Browser)).AssertProblem(403);
        AssertNoFault(host);
        var user = await host.AddAsync(Role.User);
        Assert.Equal(user.Name, (await host.GetAsync(path, user.CookieHeader, Browser)).Body);
    }

    private static string? PathOf(Answer answer) =>
        answer.Header("Location") is { } location ? new Uri(location).AbsolutePath : null;

    private static void AssertNoFault(TestHost host) =>
        Assert.DoesNotContain(host.Logs.GetSnapshot(), record => record.Level >= LogLevel.Error);

    private static Task<TestHost> StartAsync() => TestHost.StartAsync(new HostSetup
    {
        Urls = "http://127.0.0.1:0",
        Services = services => services.AddAuthentication("Own").AddCookie("Own", o =>
        {
            o.LoginPath = "/their-login";
            o.AccessDeniedPath = "/their-denial";
        }),
        Auth = auth => auth.AddAspNetCore(o => o.LoginPath = "/sign-in"),
        Map = app =>
        {
            app.MapKohakuAuth();
            app.MapGet("/sign-in-there", () => Results.SignIn(
                new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "7")], "Own")), null, "Own"));
            var theirs = new AuthorizeAttribute { AuthenticationSchemes = "Own" };
            var ours = new RequireKohakuRoleAttribute(Role.User);
            app.MapGet("/ours-first", (Actor actor) => actor.Username).RequireAuthorization(ours, theirs);
            app.MapGet("/theirs-first", (Actor actor) => actor.Username).RequireAuthorization(theirs, ours);
        },
    });
}
