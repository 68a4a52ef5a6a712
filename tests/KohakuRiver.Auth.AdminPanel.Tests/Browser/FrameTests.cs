using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using KohakuRiver.Tests.Browser;
using Microsoft.Playwright;

namespace KohakuRiver.Auth.AdminPanel.Tests.Browser;

/// <summary>What stands around every page: where one is, how one gets elsewhere, and what is left of it on paper.</summary>
[Collection("browser")]
public sealed class FrameTests(Chromium chromium, FilledHost filled) : IClassFixture<FilledHost>
{
    private readonly PanelHost host = filled.Host;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Navigation_OnAPhone_SaysWhereOneIsAndOpensAsAMenu(bool hasScript)
    {
        await using var context = await chromium.OpenAsync(
            new() { JavaScriptEnabled = hasScript, ViewportSize = new() { Width = 360, Height = 740 } });
        var page = await context.NewPageAsync();
        await page.LogInAsync(host, "the-operator");
        await page.OpenAsync(host, "/groups/1");
        var menu = page.Locator("button.menu");
        await Assertions.Expect(menu).ToHaveAccessibleNameAsync("Pages. You are here: Groups 2 waiting");
        await Assertions.Expect(menu.Locator(".badge")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" })).ToBeHiddenAsync();

        await menu.ClickAsync();
        var current = page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" }).GetByRole(AriaRole.Link, new() { Name = "Groups" });
        await Assertions.Expect(current).ToHaveAttributeAsync("aria-current", "page");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(current).ToBeHiddenAsync();
        await menu.ClickAsync();
        await page.FollowAsync("Users");
        await page.ArrivesAsync("/users$");
        await Assertions.Expect(menu).ToContainTextAsync("Users");
    }

    [Theory]
    [InlineData(820)]
    [InlineData(1440)]
    public async Task Navigation_WithRoom_IsAlwaysThereAndShowsTheCurrentPage(int width)
    {
        await using var context = await chromium.OpenAsync(new() { ViewportSize = new() { Width = width, Height = 900 } });
        var page = await context.NewPageAsync();
        await page.LogInAsync(host, "the-admin");
        await page.OpenAsync(host, "/users/1");
        await Assertions.Expect(page.Locator("button.menu")).ToBeHiddenAsync();
        var links = page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" }).GetByRole(AriaRole.Link);
        Assert.Equal(11, await links.CountAsync());
        Assert.Equal("Users", (await page.Locator("nav [aria-current=page]").InnerTextAsync()).Trim());
        await page.EvaluateAsync("window.scrollTo(0, document.documentElement.scrollHeight)");
        await Assertions.Expect(links.First).ToBeInViewportAsync();
    }

    [Fact]
    public async Task Rows_FromElevenHundredPixelsOn_AreATable_AndCardsBelow()
    {
        await using var context = await chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.LogInAsync(host, "the-admin");
        await page.OpenAsync(host, "/users");
        (
            int Width,
            string Display)[] expected = [(320, "block"), (760, "block"), (1099, "block"), (1100, "table-row"), (1440, "table-row")];
        foreach (var (width, display) in expected)
        {
            await page.SetViewportSizeAsync(width, 900);
            Assert.Equal(display, await page.Locator("tbody tr").First.EvaluateAsync<string>("e => getComputedStyle(e).display"));
        }

        // Cards are sorted too.
        await page.SetViewportSizeAsync(820, 900);
        await page.Locator("thead").GetByRole(AriaRole.Link, new() { Name = "Role" }).ClickAsync();
        await page.ArrivesAsync("sort=role");
    }

    [Fact]
    public async Task Commands_OnAWideScreen_HaveTheRoomThereIs()
    {
        await using var own = await PanelHost.StartAsync();
        await own.SubmitAsync(
            Role.User, "python", "train.py", "--data", "/shared/data/imagenet/train", "--epochs", "30", "--optimizer", "adamw");
        await using var context = await chromium.OpenAsync(new() { ViewportSize = new() { Width = 1920, Height = 900 } });
        var page = await context.NewPageAsync();
        await page.LogInAsync(own, "the-operator");
        await page.OpenAsync(own, "/tasks");
        var command = (await page.Locator("code.command").First.BoundingBoxAsync())!;
        Assert.True(command.Height < 40, $"A plain command takes {command.Height} pixels of height.");
        Assert.True((await page.Locator(".scroll").First.BoundingBoxAsync())!.Width > 1500, "The list does not use the screen.");
    }

    [Fact]
    public async Task Page_OnPaper_IsATableWithoutWhatIsPressed()
    {
        // A sheet is narrow, and its rows are no cards.
        await using var context = await chromium.OpenAsync(
            new() { ColorScheme = ColorScheme.Dark, ViewportSize = new() { Width = 720, Height = 1000 } });
        var page = await context.NewPageAsync();
        await page.LogInAsync(host, "the-admin");
        await page.OpenAsync(host, "/users");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Equal("table-row", await page.Locator("tbody tr").First.EvaluateAsync<string>("e => getComputedStyle(e).display"));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Users" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("the-operator", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(0, await page.GetByRole(AriaRole.Button).CountAsync());
        Assert.Equal(0, await page.GetByRole(AriaRole.Navigation).CountAsync());
        Assert.Equal("light", await page.Locator("html").EvaluateAsync<string>("e => getComputedStyle(e).colorScheme"));
        foreach (var path in PanelPages.All.Where(p => p.Role != Role.Anony).Select(p => p.Path))
        {
            await page.OpenAsync(host, path);
            var beyond = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.True(beyond <= 0, $"{path} is {beyond} pixels wider than the sheet.");
        }
    }

    [Fact]
    public async Task Buttons_OfEachWeight_LookDifferent()
    {
        await using var context = await chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.LogInAsync(host, "the-admin");
        await page.OpenAsync(host, "/groups/1/delete");
        var danger = await LooksAsync(page.GetByRole(AriaRole.Button, new() { Name = "Delete Research" }));
        await page.OpenAsync(host, "/users/new");
        var primary = await LooksAsync(page.GetByRole(AriaRole.Button, new() { Name = "Create user" }));
        await page.GetByLabel("How they get a password").SelectOptionAsync("typed");
        var secondary = await LooksAsync(page.GetByRole(AriaRole.Button, new() { Name = "Generate one" }));
        Assert.Equal(3, new[] { danger, primary, secondary }.Distinct(StringComparer.Ordinal).Count());

        // What is asked before something is destroyed is red as well.
        await page.OpenAsync(host, "/tokens");
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke" }).First.ClickAsync();
        var sure = page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Revoke" });
        Assert.NotEqual(primary, await LooksAsync(sure));
        await Assertions.Expect(sure).ToHaveClassAsync("danger sure");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
    }

    [Fact]
    public async Task Pages_OfEveryKind_AreSmallAndTakeFewRequests()
    {
        await using var context = await chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.LogInAsync(host, "the-admin");
        foreach (var path in PanelPages.All.Where(p => p.Role != Role.Anony).Select(p => p.Path))
        {
            var (requests, bytes) = await page.WeighAsync(host, path);
            Assert.InRange(requests, 1, 8);
            Assert.True(bytes <= 150 * 1024, $"{path} takes {bytes} bytes.");
        }
    }

    private static Task<string> LooksAsync(ILocator button) =>
        button.EvaluateAsync<string>("e => { const s = getComputedStyle(e); return [s.color, s.backgroundColor, s.borderColor].join(); }");
}
