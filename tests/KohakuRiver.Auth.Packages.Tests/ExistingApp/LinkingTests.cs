using System.Net;
using KohakuRiver.Tests.Browser;
using Microsoft.Playwright;

namespace KohakuRiver.Auth.Packages.Tests.ExistingApp;

/// <summary>The app's own users, of ASP.NET Core Identity, who are or become somebody of the cluster.</summary>
[Collection("existing app")]
public sealed class LinkingTests(AppHost app, Chromium chromium)
{
    [Fact]
    public async Task Account_OfSomebodyLoggedInToBoth_LinksThemItself()
    {
        await app.DoneAsync(
            app.Admin, HttpMethod.Post, "api/auth/users", new { username = "una", password = AppHost.Password, role = "viewer" });
        var here = await app.LogInToAppAsync("ivy");
        var there = await app.LogInAsync("una", "viewer");
        var both = there with { Value = $"{there.Value}; {here.Value}" };
        const string provider = "scheme:Identity.Application";

        var linked = await app.DoneAsync(
            both, HttpMethod.Post, $"api/auth/identities/{provider}", new { current_password = AppHost.Password });

        Assert.Equal(("Workshop", "ivy"), ((string?)linked["title"], (string?)linked["login_name"]));
        Assert.Equal("200 Hello una", await app.TextAsync(here, "welcome"));
        Assert.Equal("200 Account of ivy", await app.TextAsync(here, "account"));
        using var gone = await app.SendAsync(here, HttpMethod.Delete, $"api/auth/identities/{linked["id"]}");
        Assert.Equal(HttpStatusCode.OK, gone.StatusCode);
        Assert.Equal("200 Hello _anonymous", await app.TextAsync(here, "welcome"));
    }

    [Fact]
    public async Task Panel_OfSomebodyLoggedInToTheApp_AsksForNoSecondPassword()
    {
        await using var context = await chromium.OpenAsync();
        var page = await context.NewPageAsync();
        var login = await context.APIRequest.PostAsync(
            new Uri(app.Home, "account/login").ToString(), new() { DataObject = new { name = "mia", password = AppHost.Password } });
        Assert.True(login.Ok);

        await page.GotoAsync(new Uri(app.Home, "admin/approvals").ToString());
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Approvals");
        await page.GotoAsync(new Uri(app.Home, "live").ToString());
        await BrowserTests.AskUntilAsync(page, "mia (Operator)");

        // A form of the panel, and its logout, which is the app's too.
        await page.GotoAsync(new Uri(app.Home, "admin/account").ToString());
        await page.GetByLabel("Display name").FillAsync("Mia of the workshop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save display name", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("Display name saved.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();
        await Assertions.Expect(page.GetByText("You are logged out.")).ToBeVisibleAsync();
        var own = await context.APIRequest.GetAsync(new Uri(app.Home, "account").ToString(), new() { MaxRedirects = 0 });
        Assert.Contains("/shop/account/login", own.Headers["location"], StringComparison.Ordinal);
    }
}
