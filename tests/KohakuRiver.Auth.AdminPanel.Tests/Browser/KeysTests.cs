using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using KohakuRiver.Tests.Browser;
using Microsoft.Playwright;

namespace KohakuRiver.Auth.AdminPanel.Tests.Browser;

/// <summary>Working by keys: finding anything, the sheet that explains them, none of them, and the tasks of the first page.</summary>
[Collection("browser")]
public sealed class KeysTests(Chromium chromium) : IAsyncLifetime
{
    private PanelHost host = null!;

    public async ValueTask InitializeAsync() => host = await PanelHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Keys_OnAnyPage_FindAndExplainAndCanBeSwitchedOff()
    {
        await using var context = await chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.LogInAsync(host, "the-operator");
        await page.OpenAsync(host, "/approvals");
        var field = page.GetByRole(AriaRole.Searchbox, new() { Name = "Find anything" });
        var sheet = page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" });

        // What is typed into the field is text, also what is a key elsewhere.
        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(field).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("/?jar");
        await Assertions.Expect(field).ToHaveValueAsync("/?jar");
        await Assertions.Expect(sheet).ToBeHiddenAsync();

        // The sheet says what works on this page, takes the keys while it is open, and gives the focus back.
        var tab = page.GetByRole(AriaRole.Link, new() { Name = "History" }).First;
        await tab.FocusAsync();
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(sheet).ToBeVisibleAsync();
        Assert.Equal(["j", "k", "a", "r", "/", "?"], await sheet.Locator("dt").AllTextContentsAsync());
        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(field).Not.ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(sheet).ToBeHiddenAsync();
        await Assertions.Expect(tab).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+/");
        await page.Keyboard.PressAsync("Alt+/");
        await Assertions.Expect(tab).ToBeFocusedAsync();

        // Switched off in the sheet they do nothing, on other pages neither, until the account page switches them on.
        await page.PressAsync("Keyboard shortcuts");
        await sheet.GetByLabel("Use single-key shortcuts").UncheckAsync();
        await page.PressAsync("Close");
        await page.OpenAsync(host, "/account");
        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(field).Not.ToBeFocusedAsync();
        await page.Locator("main").GetByLabel("Use single-key shortcuts").CheckAsync();
        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(field).ToBeFocusedAsync();

        await page.Keyboard.TypeAsync("the-us");
        await page.Keyboard.PressAsync("Enter");

        // Work goes on at what was found: one more key opens it. Where nothing was, one types again.
        await Assertions.Expect(page.Locator(".found a").First).ToBeFocusedAsync();
        await page.OpenAsync(host, "/search?q=no-such-thing");
        await Assertions.Expect(field).ToBeFocusedAsync();
        await page.OpenAsync(host, "/search?q=the-us");
        await Assertions.Expect(page.Locator(".found a").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("the-user");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Search_OnAPhone_IsAButtonThatLeadsToTheField(bool withScript)
    {
        await using var context = await chromium.OpenAsync(
            new() { JavaScriptEnabled = withScript, ViewportSize = new() { Width = 360, Height = 800 } });
        var page = await context.NewPageAsync();
        await page.LogInAsync(host, "the-operator");
        await page.PressAsync("Find");
        var field = page.GetByRole(AriaRole.Searchbox, new() { Name = "Find anything" });
        await Assertions.Expect(field).ToBeFocusedAsync();
        await field.FillAsync("the-v");
        await page.PressAsync("Find");
        await page.SeesAsync("the-viewer");

        // The sheet opens without a script, too, and says what it takes.
        await page.PressAsync("Keyboard shortcuts");
        var sheet = page.Locator("#keys");
        await Assertions.Expect(sheet).ToBeVisibleAsync();
        await Assertions.Expect(sheet.Locator("noscript p")).ToHaveCountAsync(withScript ? 0 : 1);
        await page.PressAsync("Close");
        await Assertions.Expect(sheet).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Decisions_OnTheFirstPage_StayThereAndTheFocusGoesOn()
    {
        var ids = await host.SubmitManyAsync(6);
        await using var context = await chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.LogInAsync(host, "the-operator");
        await page.SeesAsync(ids[4]);
        var loads = 0;
        page.FrameNavigated += (_, _) => loads++;
        await page.WaitForTimeoutAsync(800);
        for (var i = 0; i < 4; i++)
        {
            await page.Keyboard.PressAsync("j");
            await page.Keyboard.PressAsync("k");
            await Assertions.Expect(Row(page, ids[i]).Locator("button[value=approve]")).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("a");
            await Assertions.Expect(Row(page, ids[i])).ToHaveAttributeAsync("data-state", "approved");
            await Assertions.Expect(Row(page, ids[i + 1]).Locator("button[value=approve]")).ToBeFocusedAsync();
            await page.WaitForTimeoutAsync(800);
        }

        // The last one is followed by the way to what waits now, which the keyboard is at already.
        await page.Keyboard.PressAsync("a");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Show only what is waiting" })).ToBeFocusedAsync();
        Assert.Equal(0, loads);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Row(page, ids[5])).ToBeVisibleAsync();
        await Assertions.Expect(Row(page, ids[0])).ToHaveCountAsync(0);
    }

    private static ILocator Row(IPage page, string taskId) => page.Locator($"[data-row='{taskId}']");
}
