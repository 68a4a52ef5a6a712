using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using KohakuRiver.Tests.Browser;
using Microsoft.Playwright;

namespace KohakuRiver.Auth.AdminPanel.Tests.Browser;

/// <summary>Working through the queue: one decision at a time, about the task that was meant, without losing one's place.</summary>
[Collection("browser")]
public sealed class QueueTests(Chromium chromium) : IAsyncLifetime
{
    // Where the rows stand in the window.
    private const string Places = "() => [...document.querySelectorAll('[data-row]')].map(r => Math.round(r.getBoundingClientRect().top))";

    private PanelHost host = null!;

    public async ValueTask InitializeAsync() => host = await PanelHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData(true, 1440)]
    [InlineData(true, 360)]
    [InlineData(false, 1440)]
    [InlineData(false, 360)]
    public async Task Approve_ClickedFourTimesAtOneSpot_ApprovesExactlyOne(bool withScript, int width)
    {
        var ids = await host.SubmitManyAsync(20);
        await using var context = await chromium.OpenAsync(
            new() { JavaScriptEnabled = withScript, ViewportSize = new() { Width = width, Height = 900 } });
        var page = await context.NewPageAsync();
        await page.LogInAsync(host, "the-operator");
        await page.OpenAsync(host, "/approvals");
        var button = page.Locator("button[value=approve]").First;
        await button.ScrollIntoViewIfNeededAsync();
        var box = (await button.BoundingBoxAsync())!;
        await page.WaitForTimeoutAsync(1000);
        for (var i = 0; i < 4; i++)
        {
            await page.Mouse.ClickAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
            await page.WaitForTimeoutAsync(350);
        }

        await page.OpenAsync(host, "/approvals/history");
        Assert.Equal([(ids[0], ApprovalStatus.Approved)], await DecidedAsync(ids));
    }

    [Fact]
    public async Task Decisions_OneAfterTheOther_StayOnThePageAndMoveNothing()
    {
        var ids = await host.SubmitManyAsync(30);
        await using var context = await chromium.OpenAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        var page = await OpenQueueAsync(context);
        var loads = 0;
        page.FrameNavigated += (_, _) => loads++;
        await page.EvaluateAsync("scrollTo(0, 900)");
        var before = await page.EvaluateAsync<int[]>(Places);

        // Three decisions are three clicks.
        foreach (var at in new[] { 10, 11, 13 })
        {
            await page.DecideAsync(Row(page, ids[at]).Locator("button[value=approve]"));
            await Assertions.Expect(Row(page, ids[at])).ToHaveAttributeAsync("data-state", "approved");
            await Assertions.Expect(page.Locator("[data-said]")).ToContainTextAsync(
                $"Approved: python train.py --seed={at} (task {ids[at]}) of the-user.");
            await Assertions.Expect(Row(page, ids[at == 11 ? 12 : at + 1]).Locator("button[value=approve]")).ToBeFocusedAsync();
            Assert.Equal(before, await page.EvaluateAsync<int[]>(Places));
        }

        await Assertions.Expect(Row(page, ids[10])).ToContainTextAsync("by the-operator");
        await Row(page, ids[12]).GetByText("Reject…").ClickAsync();
        await Row(page, ids[12]).GetByLabel("Reason").FillAsync("Not on a Friday");
        await page.DecideAsync(Row(page, ids[12]).Locator("button[value=reject]"));
        await Assertions.Expect(Row(page, ids[12])).ToContainTextAsync("Not on a Friday");
        Assert.Equal(0, loads);
        await Assertions.Expect(page.Locator("[data-pending-news]")).ToBeHiddenAsync();
        await Assertions.Expect(page).ToHaveTitleAsync(
            new System.Text.RegularExpressions.Regex("^\\(26\\) ", default, TimeSpan.FromSeconds(1)));
        Assert.Equal(
            [
                (ids[10], ApprovalStatus.Approved), (ids[11], ApprovalStatus.Approved),
                (ids[12], ApprovalStatus.Rejected), (ids[13], ApprovalStatus.Approved),
            ],
            await DecidedAsync(ids));

        // After a reload they are where they were, until they are no longer asked for.
        await page.GetByText("Show only what is waiting").ClickAsync();
        await Assertions.Expect(Row(page, ids[14])).ToBeVisibleAsync();
        Assert.Equal(0, await Row(page, ids[12]).CountAsync());
    }

    [Fact]
    public async Task Queue_ChangedByOthers_SaysSoAndMovesNothing()
    {
        var ids = await host.SubmitManyAsync(12);
        await using var context = await chromium.OpenAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        var page = await OpenQueueAsync(context);
        var before = await page.EvaluateAsync<int[]>(Places);
        await host.SubmitAsync(Role.User, "new");
        await Assertions.Expect(page.Locator("[data-pending-news]")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        Assert.Equal(before, await page.EvaluateAsync<int[]>(Places));

        // What somebody else decided meanwhile is seen with one's own next decision, in its place.
        (await host.Get<IApprovalService>().RejectAsync(host.ActorOf(Role.Admin), ids[1], null)).Require();
        await page.DecideAsync(Row(page, ids[0]).Locator("button[value=approve]"));
        await Assertions.Expect(Row(page, ids[1])).ToContainTextAsync("by the-admin");
        Assert.Equal(before, await page.EvaluateAsync<int[]>(Places));
        await Assertions.Expect(page.Locator("[data-pending-news]")).ToBeVisibleAsync();
        await page.FollowAsync("Show the current queue");
        await page.SeesAsync("new");
    }

    [Fact]
    public async Task Click_RightAfterThePageAppeared_DoesNothingAndSaysSo()
    {
        var ids = await host.SubmitManyAsync(2);
        await using var context = await chromium.OpenAsync();
        var page = await OpenQueueAsync(context);
        await page.AddInitScriptAsync(
            "addEventListener('pageshow', () => setTimeout(() => document.querySelector('button[value=approve]').click(), 100))");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("[data-said]")).ToContainTextAsync("so nothing was done. Please click again.");
        Assert.Empty(await DecidedAsync(ids));
        await page.DecideAsync(Row(page, ids[0]).Locator("button[value=approve]"));
        await page.SeesAsync($"(task {ids[0]})");
        Assert.Single(await DecidedAsync(ids));
    }

    [Fact]
    public async Task Keys_OnTheQueue_MoveApproveAndReject()
    {
        var ids = await host.SubmitManyAsync(4);
        await using var context = await chromium.OpenAsync();
        var page = await OpenQueueAsync(context);
        await page.WaitForTimeoutAsync(800);
        foreach (var key in new[] { "j", "j", "j", "k" })
        {
            await page.Keyboard.PressAsync(key);
        }

        await Assertions.Expect(Row(page, ids[1]).Locator("button[value=approve]")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("a");
        await Assertions.Expect(Row(page, ids[1])).ToHaveAttributeAsync("data-state", "approved");
        await Assertions.Expect(Row(page, ids[2]).Locator("button[value=approve]")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("r");
        await Assertions.Expect(Row(page, ids[2]).GetByLabel("Reason")).ToBeFocusedAsync();

        // What is typed into a field is text.
        await page.Keyboard.TypeAsync("a jar");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(Row(page, ids[2]).GetByLabel("Reason")).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("r");
        await page.Keyboard.PressAsync("Tab");
        await page.WaitForTimeoutAsync(800);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Row(page, ids[2])).ToContainTextAsync("a jar");
        Assert.Equal([(ids[1], ApprovalStatus.Approved), (ids[2], ApprovalStatus.Rejected)], await DecidedAsync(ids));
        Assert.Equal(["j", "k", "a", "r"], await page.Locator("[data-keys] dt").AllTextContentsAsync());
    }

    [Fact]
    public async Task KeyHeldDown_OnAnApproveButton_ApprovesOne()
    {
        var ids = await host.SubmitManyAsync(5);
        await using var context = await chromium.OpenAsync();
        var page = await OpenQueueAsync(context);
        await page.WaitForTimeoutAsync(800);
        await Row(page, ids[0]).Locator("button[value=approve]").FocusAsync();
        for (var i = 0; i < 12; i++)
        {
            await page.Keyboard.DownAsync("Enter");
            await page.WaitForTimeoutAsync(200);
        }

        await page.Keyboard.UpAsync("Enter");
        Assert.Single(await DecidedAsync(ids));
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(360)]
    public async Task Chosen_DecidedTogether_AreCountedNamedAndStay(int width)
    {
        var ids = await host.SubmitManyAsync(12);
        await using var context = await chromium.OpenAsync(new() { ViewportSize = new() { Width = width, Height = 800 } });
        var page = await OpenQueueAsync(context);
        var bar = page.Locator("form[data-chooses]");
        await Assertions.Expect(bar).ToBeHiddenAsync();
        foreach (var at in new[] { 0, 2 })
        {
            await Row(page, ids[at]).Locator("input[type=checkbox]").CheckAsync();
        }

        await Assertions.Expect(bar).ToContainTextAsync("2 selected");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Approve selected" })).ToBeInViewportAsync();
        await page.WaitForTimeoutAsync(800);
        await page.PressAsync("Approve selected");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("Approve these 2 tasks?");
        await Assertions.Expect(dialog).ToContainTextAsync($"python train.py --seed=2 (task {ids[2]}) of the-user");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        Assert.Empty(await DecidedAsync(ids));
        await page.PressAsync("Approve selected");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Approve selected" }).ClickAsync();
        await Assertions.Expect(Row(page, ids[2])).ToHaveAttributeAsync("data-state", "approved");
        await Assertions.Expect(page.Locator("[data-said]")).ToContainTextAsync("2 tasks approved: python train.py --seed=0");
        await Assertions.Expect(bar).ToBeHiddenAsync();
        Assert.Equal([ids[0], ids[2]], (await DecidedAsync(ids)).Select(d => d.Item1));
    }

    [Fact]
    public async Task Decision_AfterTheSessionEnded_LeadsToTheLoginAndBack()
    {
        var ids = await host.SubmitManyAsync(2);
        await using var context = await chromium.OpenAsync();
        var page = await OpenQueueAsync(context);
        await context.ClearCookiesAsync();
        await page.DecideAsync(Row(page, ids[0]).Locator("button[value=approve]"));
        await page.ArrivesAsync("/admin/login\\?return=.*approvals");
        Assert.Empty(await DecidedAsync(ids));
    }

    [Fact]
    public async Task Decision_AfterTheSessionWasEnded_ComesBackAfterTheLoginWithItsReason()
    {
        var ids = await host.SubmitManyAsync(2);
        await using var context = await chromium.OpenAsync();
        var page = await OpenQueueAsync(context);
        var row = Row(page, ids[0]);
        await row.GetByText("Reject…").ClickAsync();
        await row.Locator("textarea").FillAsync("too large for a Monday");
        (await host.Get<IUserCredentialService>().EndSessionsAsync(Actor.Host, host.Users[Role.Operator].Id)).Require();
        await page.DecideAsync(row.Locator("button[value=reject]"));
        await page.SeesAsync("Your session has ended");
        await page.GetByLabel("Username").FillAsync("the-operator");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(PanelHost.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await page.SeesAsync("Your session had ended, so nothing was changed.");
        await Assertions.Expect(Row(page, ids[0]).Locator("textarea")).ToHaveValueAsync("too large for a Monday");
        Assert.Empty(await DecidedAsync(ids));
    }

    private async Task<IPage> OpenQueueAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.LogInAsync(host, "the-operator");
        await page.OpenAsync(host, "/approvals");
        return page;
    }

    private async Task<IEnumerable<(string, ApprovalStatus)>> DecidedAsync(IReadOnlyCollection<string> ids) =>
        (await host.Get<IApprovalService>().FindAsync(ids)).Values
            .Where(a => a.Status != ApprovalStatus.Pending)
            .OrderBy(a => a.Id)
            .Select(a => (a.Task.TaskId, a.Status));

    private static ILocator Row(IPage page, string taskId) => page.Locator($"[data-row='{taskId}']");
}
