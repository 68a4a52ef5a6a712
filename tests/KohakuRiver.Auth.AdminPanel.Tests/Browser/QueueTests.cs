using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using KohakuRiver.Tests.Browser;
using Microsoft.Playwright;

namespace KohakuRiver.Auth.AdminPanel.Tests.Browser;

/// <summary>Working through the queue: one decision at a time, about the task that was meant, without losing one's place.</summary>
[Collection("browser")]
public sealed class QueueTests(Chromium chromium) : IAsyncLifetime
{
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
        var decided = (await host.Get<IApprovalService>().FindAsync(ids)).Values.Where(a => a.Status != ApprovalStatus.Pending);
        Assert.Equal([(ids[0], ApprovalStatus.Approved)], decided.Select(a => (a.Task.TaskId, a.Status)));
    }
}
