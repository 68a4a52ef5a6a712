using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using KohakuRiver.Tests.Browser;
using Microsoft.Playwright;

namespace KohakuRiver.Auth.AdminPanel.Tests.Browser;

/// <summary>One user's page and their row in the list, with a pointer, by keyboard and without a script.</summary>
[Collection("browser")]
public sealed class PersonTests(Chromium chromium)
{
    private static readonly string? Shots = Environment.GetEnvironmentVariable("KOHAKU_SHOTS");

    [Fact]
    public async Task Menu_ByKeyboard_OpensLeadsOnAndClosesWithEscape()
    {
        await using var host = await PanelHost.StartAsync();
        await using var context = await chromium.OpenAsync();
        var page = await context.OpenAsAdminAsync(host, "/users?sort=username");
        var menu = page.Locator("tr", new() { HasText = "the-user" }).Locator(".row-menu");
        var items = menu.Locator("> div");
        await menu.Locator("summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(items).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(menu.GetByRole(AriaRole.Button, new() { Name = "End sessions" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(items).ToBeHiddenAsync();
        await Assertions.Expect(menu.Locator("summary")).ToBeFocusedAsync();

        // Another one takes its place, and a press elsewhere closes it.
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(items).ToBeVisibleAsync();
        await page.Locator("tr", new() { HasText = "the-viewer" }).Locator(".row-menu summary").PressAsync("Enter");
        await Assertions.Expect(page.Locator(".row-menu[open]")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Heading, new() { Name = "Users" }).ClickAsync();
        await Assertions.Expect(page.Locator(".row-menu[open]")).ToHaveCountAsync(0);

        await menu.Locator("summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await menu.GetByRole(AriaRole.Button, new() { Name = "Disable" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.SeesAsync("Disable 1 account?");
        await page.PressAsync("Disable");
        await page.SeesAsync("1 account disabled.");
        Assert.EndsWith("/users?sort=username", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Menu_WithoutAScript_DoesTheSame()
    {
        await using var host = await PanelHost.StartAsync();
        await using var context = await chromium.OpenAsync(new() { JavaScriptEnabled = false });
        var page = await context.OpenAsAdminAsync(host, "/users");
        var menu = page.Locator("tr", new() { HasText = "the-user" }).Locator(".row-menu");
        await menu.Locator("summary").ClickAsync();
        await menu.GetByRole(AriaRole.Button, new() { Name = "Disable" }).ClickAsync();
        await page.Locator("main .danger").ClickAsync();
        await page.SeesAsync("1 account disabled.");
        await menu.Locator("summary").ClickAsync();
        await menu.GetByRole(AriaRole.Button, new() { Name = "Enable" }).ClickAsync();
        await page.SeesAsync("1 account enabled.");
        await menu.Locator("summary").ClickAsync();
        await menu.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.SeesAsync("Will be deleted:");
        await page.GoBackAsync();
        await menu.Locator("summary").ClickAsync();
        await menu.GetByRole(AriaRole.Button, new() { Name = "Reset link" }).ClickAsync();
        await page.PressAsync("Create a reset link");
        await page.SeesAsync("Reset link for the-user");
    }

    /// <summary>Neither the list nor the box around it hides a part of the menu, not even of the last row.</summary>
    [Theory]
    [InlineData(360)]
    [InlineData(820)]
    [InlineData(1120)]
    [InlineData(1440)]
    public async Task Menu_OfEachRowAtAnyWidth_IsAllInViewAndAccessible(int width)
    {
        await using var host = await PanelHost.StartAsync();
        await host.FillAsync();
        await using var context = await chromium.OpenAsync(new() { ViewportSize = new() { Width = width, Height = 900 } });
        var page = await context.OpenAsAdminAsync(host, "/users");
        foreach (var menu in await page.Locator(".row-menu").AllAsync())
        {
            await menu.Locator("summary").ClickAsync();
            var last = menu.Locator("> div > :last-child");
            await last.ScrollIntoViewIfNeededAsync();
            Assert.True(
                await last.EvaluateAsync<bool>(
                    "e => { const b = e.getBoundingClientRect(); const x = document.elementFromPoint(b.left + b.width / 2, b.bottom - 4);"
                    + " return b.left >= 0 && b.right <= innerWidth && e.contains(x); }"),
                $"The menu of row {await menu.Locator("summary").InnerTextAsync()} is cut off.");
            var overhang = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.True(overhang <= 0, $"{overhang} px too wide");
            await ShootAsync(page, $"users-menu-{width}");
            await page.Keyboard.PressAsync("Escape");
        }

        await page.Locator(".row-menu summary").Last.ClickAsync();
        Assert.Empty(await page.FaultsAsync());
    }

    [Fact]
    public async Task UsersPage_FullOfLongNames_IsSmallAndTakesFewRequests()
    {
        await using var host = await PanelHost.StartAsync();
        await host.FillAsync();
        for (var i = 0; i < 50; i++)
        {
            await host.AddUserAsync($"somebody-with-a-rather-long-name-{i:00}", Role.Viewer);
        }

        await using var context = await chromium.OpenAsync();
        var page = await context.OpenAsAdminAsync(host, "/users");
        var (requests, bytes) = await page.WeighAsync(host, "/users?search=somebody&sort=username&is_active=true");
        Assert.InRange(requests, 1, 8);
        Assert.True(bytes <= 150 * 1024, $"The page takes {bytes} bytes.");
        Assert.Equal(50, await page.Locator(".row-menu").CountAsync());
    }

    /// <summary>The answer to "why may this person not enter that VPS?" is two clicks from the overview, from either side.</summary>
    [Fact]
    public async Task WhyNotThatVps_FromTheOverview_IsAnsweredInTwoClicks()
    {
        await using var host = await PanelHost.StartAsync();
        await host.FillAsync();
        await using var context = await chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.LogInAsync(host, "the-operator");
        var clicks = new Clicks(page);
        await clicks.OnAsync(page.GetByRole(AriaRole.Link, new() { Name = "VPS", Exact = true }));
        await clicks.OnAsync(page.GetByRole(AriaRole.Link, new() { Name = "notebook" }));
        await page.GetByLabel("Name contains").FillAsync("the-user");
        await page.Keyboard.PressAsync("Enter");
        await page.SeesAsync("may not: not assigned, in no assigned group");
        Assert.Equal(2, clicks.Count);

        await page.OpenAsync(host, "");
        clicks = new Clicks(page);
        await clicks.OnAsync(page.GetByRole(AriaRole.Link, new() { Name = "Users", Exact = true }));
        await clicks.OnAsync(page.GetByRole(AriaRole.Link, new() { Name = "the-user" }));
        await page.SeesAsync("may enter: assigned, member of Research");
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "May they enter another VPS?" }).FillAsync("notebook");
        await page.Keyboard.PressAsync("Enter");
        await page.SeesAsync("may not: not assigned, in no assigned group");
        await Assertions.Expect(page.GetByRole(AriaRole.Searchbox, new() { Name = "May they enter another VPS?" })).ToBeFocusedAsync();
        Assert.Equal(2, clicks.Count);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 820)]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 1440)]
    public async Task UserPage_OfSomebodyWhoHasEverything_IsAccessibleAndFits(ColorScheme scheme, int width)
    {
        await using var host = await PanelHost.StartAsync(o => o.Throttling.LockoutThreshold = 2);
        using var elsewhere = await host.LogInAsync(Role.User);
        await host.FillAsync();
        var id = host.Users[Role.User].Id;
        host.Cluster.Instances[1] = host.Cluster.Instances[1] with { OwnerId = id };
        await using var context = await chromium.OpenAsync(
            new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        var page = await context.OpenAsAdminAsync(host, $"/users/{id}?vps=vps");
        await page.SeesAsync("Danger area");
        await CheckAsync("user");
        await page.OpenAsync(host, "/vps/vps-2?search=the");
        await CheckAsync("vps");
        await page.OpenAsync(host, $"/users/{id}");
        await page.PressAsync("Disable account");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Disable account" }).ClickAsync();
        await page.SeesAsync("may not: account disabled");
        await CheckAsync("user-disabled");
        await page.OpenAsync(host, "/account");
        await page.SeesAsync("Chromium");
        await CheckAsync("account");

        async Task CheckAsync(string picture)
        {
            await ShootAsync(page, $"{picture}-{scheme}-{width}".ToLowerInvariant());
            var overhang = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.True(overhang <= 0, $"{picture}: {overhang} px too wide");
            Assert.Empty((await page.FaultsAsync()).Select(f => $"{picture}: {f}"));
        }
    }

    private static async Task ShootAsync(IPage page, string name)
    {
        if (Shots is not null)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(Shots, name + ".png"), FullPage = true });
        }
    }
}
