using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using KohakuRiver.Tests.Browser;
using Microsoft.Playwright;

namespace KohakuRiver.Auth.AdminPanel.Tests.Browser;

/// <summary>
/// The pages of approvals and tasks on a busy host: light, accessible, and good to look at. With KOHAKU_SHOTS=folder each is kept as a
/// picture.
/// </summary>
[Collection("browser")]
public sealed class BusyQueueTests(Chromium chromium)
{
    private const int MostBytes = 150 * 1024;
    private const int MostRequests = 8;

    private static readonly string? Shots = Environment.GetEnvironmentVariable("KOHAKU_SHOTS");

    [Fact]
    public async Task Queue_OfABusyHost_IsLightAccessibleAndFits()
    {
        await using var host = await PanelHost.StartAsync();
        await host.FillQueueAsync();
        var waiting = (await host.Get<IApprovalService>().SearchAsync(
            Actor.Host,
            new ApprovalQuery { Status = ApprovalStatus.Pending, OldestFirst = true, Page = new PageRequest(9) })).Require().Items;
        await using var context = await chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.LogInAsync(host, "the-admin");
        var faults = new List<string>();
        foreach (var path in new[] { "/approvals", "/approvals?gpus=true&cores=4", $"/approvals/people/{waiting[0].SubmitterId}",
            $"/tasks/{waiting[2].Task.TaskId}", "/approvals/history", "/tasks", "/users",
            "/audit" })
        {
            await page.SetViewportSizeAsync(1440, 900);
            var (requests, bytes) = await page.WeighAsync(host, path);
            var isFiltered = path.Contains('?', StringComparison.Ordinal);
            await CheckAsync(path.Trim('/').Split('?')[0].Replace('/', '-') + (isFiltered ? "-filter" : ""));
            if (bytes > MostBytes || requests > MostRequests)
            {
                faults.Add($"{path} takes {requests} requests and {bytes} bytes");
            }
        }

        await page.SetViewportSizeAsync(1440, 900);
        await page.OpenAsync(host, "/approvals");
        await page.DecideAsync(page.Locator("button[value=approve]").Nth(1));
        await page.SeesAsync("Approved: ");
        await page.Locator("tbody input[type=checkbox]").First.CheckAsync();
        await page.Locator("tbody input[type=checkbox]").Nth(2).CheckAsync();
        await page.Locator(".fold summary").First.ClickAsync();
        await page.GetByText("Reject…").Nth(2).ClickAsync();
        await CheckAsync("approvals-working", fullPage: false);
        await page.SetViewportSizeAsync(1440, 900);
        await page.PressAsync("Approve selected");
        await CheckAsync("approvals-asking", fullPage: false);
        Assert.Empty(faults);

        async Task CheckAsync(string name, bool fullPage = true)
        {
            faults.AddRange((await page.FaultsAsync()).Select(f => $"{name}: {f}"));
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            faults.AddRange((await page.FaultsAsync(AxeRules.Colours)).Select(f => $"{name}, dark: {f}"));
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
            foreach (var width in new[] { 320, 360, 820, 1440, 1920 })
            {
                await page.SetViewportSizeAsync(width, 900);
                var beyond = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
                if (beyond > 0)
                {
                    faults.Add($"{name} at {width}: {beyond} pixels beyond the edge");
                }

                await KeepAsync(name, width, fullPage);
            }
        }

        async Task KeepAsync(string name, int width, bool fullPage)
        {
            foreach (var scheme in Shots is null ? [] : new[] { ColorScheme.Dark, ColorScheme.Light })
            {
                await page.EmulateMediaAsync(new() { ColorScheme = scheme });
                await page.ScreenshotAsync(new()
                {
                    Path = Path.Combine(Shots!, $"busy-{name}-{scheme}-{width}.png".ToLowerInvariant()), FullPage = fullPage,
                });
            }
        }
    }
}
