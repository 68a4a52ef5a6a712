using KohakuRiver.Tests.Browser;
using Microsoft.Playwright;

namespace KohakuRiver.Auth.Packages.Tests.ExistingApp;

/// <summary>The app in a browser: its pages by way of the panel's login, and an interactive component in its circuit.</summary>
[Collection("existing app")]
public sealed class BrowserTests(AppHost app, Chromium chromium)
{
    [Fact]
    public async Task Page_OfTheApp_IsReachedByThePanelsLogin()
    {
        await using var context = await chromium.OpenAsync();
        var page = await context.NewPageAsync();

        await page.GotoAsync(new Uri(app.Home, "Approvals").ToString());
        await LogInAsync(page, "the-operator");

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Approvals for the-operator");
        Assert.Equal("/shop/Approvals", new Uri(page.Url).AbsolutePath);
        await page.GotoAsync(new Uri(app.Home, "admin").ToString());
        await Assertions.Expect(page.Locator("body")).ToContainTextAsync("the-operator");
    }

    [Fact]
    public async Task Component_InItsCircuit_KnowsWhoOpenedItAsTheyAreNow()
    {
        var made = await app.DoneAsync(
            app.Admin, HttpMethod.Post, "api/auth/users", new { username = "bea", password = AppHost.Password, role = "operator" });
        var id = (made["user"] ?? made)["id"]!.GetValue<long>();
        await using var context = await chromium.OpenAsync();
        var page = await context.NewPageAsync();

        // A stranger first, who is nobody in the circuit too.
        await page.GotoAsync(new Uri(app.Home, "live").ToString());
        await AskUntilAsync(page, "_anonymous (Anony)");
        await Assertions.Expect(page.Locator("#wait")).ToBeVisibleAsync();

        await page.GotoAsync(new Uri(app.Home, "queue").ToString());
        await LogInAsync(page, "bea");
        await Assertions.Expect(page.Locator("#queue")).ToBeVisibleAsync();
        await page.GotoAsync(new Uri(app.Home, "live").ToString());
        await AskUntilAsync(page, "bea (Operator)");
        await Assertions.Expect(page.Locator("#approve")).ToBeVisibleAsync();

        // Within the circuit, by its own router: no request asks for the page.
        await page.Locator("#to-queue").ClickAsync();
        await Assertions.Expect(page.Locator("#queue")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await AskUntilAsync(page, "bea (Operator)");

        await app.DoneAsync(app.Admin, HttpMethod.Put, $"api/auth/users/{id}/role", new { role = "admin" });
        await AskUntilAsync(page, "bea (Admin)");
    }

    private static async Task LogInAsync(IPage page, string name)
    {
        await page.GetByLabel("Username").FillAsync(name);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(AppHost.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
    }

    // A click before the circuit is there goes nowhere, so it is repeated.
    internal static async Task AskUntilAsync(IPage page, string expected)
    {
        for (var tries = 0; ; tries++)
        {
            await page.Locator("#ask").ClickAsync();
            try
            {
                await Assertions.Expect(page.Locator("#who")).ToHaveTextAsync(expected, new() { Timeout = 500 });
                return;
            }
            catch (PlaywrightException) when (tries < 60)
            {
                // Not yet.
            }
        }
    }
}
