using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using KohakuRiver.Tests.Browser;
using Microsoft.Playwright;

namespace KohakuRiver.Auth.AdminPanel.Tests.Browser;

/// <summary>Changing the colours costs nothing of what stands on a page.</summary>
[Collection("browser")]
public sealed class ThemeTests(Chromium chromium)
{
    private const string Background = "getComputedStyle(document.body).backgroundColor";

    [Fact]
    public async Task Theme_ChangedOnACreatedToken_KeepsTheSecretAndIsRemembered()
    {
        await using var host = await PanelHost.StartAsync();
        await using var context = await chromium.OpenAsync(new() { ColorScheme = ColorScheme.Dark });
        var page = await context.NewPageAsync();
        await page.LogInAsync(host, "the-admin");
        await page.OpenAsync(host, "/tokens");
        await page.GetByLabel("Name").FillAsync("laptop");
        await page.PressAsync("Create token");
        var secret = await page.GetByLabel("Token", new() { Exact = true }).InputValueAsync();
        var dark = await page.EvaluateAsync<string>(Background);

        await PressAsync(page, "Colours: as the system.");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
        Assert.NotEqual(dark, await page.EvaluateAsync<string>(Background));
        Assert.Equal(secret, await page.GetByLabel("Token", new() { Exact = true }).InputValueAsync());
        await PressAsync(page, "Colours: light.");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");

        await page.FollowAsync("Done");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.SeesAsync("laptop");
    }

    [Fact]
    public async Task Theme_ChangedInAHalfFilledForm_KeepsWhatWasTyped()
    {
        await using var host = await PanelHost.StartAsync();
        await using var context = await chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.LogInAsync(host, "the-admin");
        await page.OpenAsync(host, "/users/new");
        await page.GetByLabel("Username").FillAsync("grace");
        await page.GetByLabel("How they get a password").SelectOptionAsync("typed");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(PanelHost.Password);

        await PressAsync(page, "Colours: as the system.");
        await PressAsync(page, "Colours: light.");
        await PressAsync(page, "Colours: dark.");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Colours: as the system." })).ToBeFocusedAsync();
        Assert.Null(await page.Locator("html").GetAttributeAsync("data-theme"));
        Assert.Equal("grace", await page.GetByLabel("Username").InputValueAsync());
        await page.PressAsync("Create user");
        await page.SeesAsync("User created.");
        Assert.Null(await page.Locator("html").GetAttributeAsync("data-theme"));
    }

    [Fact]
    public async Task Theme_OnTheLoginPage_IsRememberedAfterIt()
    {
        await using var host = await PanelHost.StartAsync();
        await using var context = await chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.OpenAsync(host, "/login");
        await PressAsync(page, "Colours: as the system.");
        await page.LogInAsync(host, "the-viewer");
        await page.SeesAsync("Overview");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
        Assert.Equal("light", await page.Locator("meta[name=color-scheme]").GetAttributeAsync("content"));
    }

    [Fact]
    public async Task Theme_OnTheAccountPage_ChangesInPlaceAndSaysWhichIsInForce()
    {
        await using var host = await PanelHost.StartAsync();
        await using var context = await chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.LogInAsync(host, "the-viewer");
        await page.OpenAsync(host, "/account");
        await page.GetByLabel("Current password").FillAsync("half");
        await page.PressAsync("Dark");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Dark", Exact = true, Pressed = true })).ToBeVisibleAsync();
        Assert.Equal(1, await page.GetByRole(AriaRole.Button, new() { Pressed = true }).CountAsync());
        Assert.Equal("half", await page.GetByLabel("Current password").InputValueAsync());
    }

    private static async Task PressAsync(IPage page, string words)
    {
        // The choice is kept by a request of its own, which the next page must not overtake.
        await page.RunAndWaitForResponseAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = words }).ClickAsync(),
            answer => answer.Url.EndsWith("/theme", StringComparison.Ordinal));
    }
}
