using System.Globalization;
using System.Text.RegularExpressions;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using KohakuRiver.Tests.Browser;
using Microsoft.Playwright;

namespace KohakuRiver.Auth.AdminPanel.Tests.Browser;

/// <summary>Times and days are those of whoever looks at the page.</summary>
[Collection("browser")]
public sealed class TimeTests(Chromium chromium)
{
    [Fact]
    public async Task Times_InAZoneFarFromUtc_AreLocalWithZoneAndUtcInTheTitle()
    {
        await using var host = await PanelHost.StartAsync();
        await using var context = await chromium.OpenAsync(new() { TimezoneId = "Asia/Kolkata", Locale = "de-DE" });
        var page = await context.NewPageAsync();
        await page.LogInAsync(host, "the-admin");
        await page.OpenAsync(host, "/audit");
        var entry = page.Locator("main time").First;
        var at = DateTimeOffset.Parse((await entry.GetAttributeAsync("datetime"))!, CultureInfo.InvariantCulture);
        var there = at.ToOffset(new TimeSpan(5, 30, 0));

        // The page is English whatever the browser is; the day and the time are those of India.
        await Assertions.Expect(entry).ToHaveTextAsync(there.ToString("MMM d, HH:mm:ss", CultureInfo.InvariantCulture));
        var title = await entry.GetAttributeAsync("title");
        Assert.Contains(there.ToString("HH:mm:ss", CultureInfo.InvariantCulture), title, StringComparison.Ordinal);
        Assert.Matches("\\(Asia/(Kolkata|Calcutta)\\)", title);
        Assert.EndsWith(at.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture), title, StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("footer")).ToContainTextAsync("your time zone, Asia/");
        Assert.Equal(0, await page.GetByText("(UTC)").CountAsync());
    }

    [Fact]
    public async Task Times_ThatAreNear_AreDistancesAndGoOnByThemselves()
    {
        await using var host = await PanelHost.StartAsync();
        await using var context = await chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.Clock.InstallAsync();
        await page.LogInAsync(host, "the-viewer");
        await page.OpenAsync(host, "/account");
        var started = page.Locator("td[data-label=Started] time").First;
        await Assertions.Expect(started).ToHaveTextAsync("now");
        await page.Clock.FastForwardAsync("02:05");
        await Assertions.Expect(started).ToHaveTextAsync(new Regex("^2 min\\.? ago$", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await page.Clock.FastForwardAsync("03:00:00");
        await Assertions.Expect(started).ToHaveTextAsync(new Regex("^3 hr\\.? ago$", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await page.Clock.FastForwardAsync("24:00:00");
        await Assertions.Expect(started).ToHaveTextAsync(new Regex(", \\d\\d:\\d\\d$", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    /// <summary>Under "Waiting" stands how long, not when: "20 min", where elsewhere it is "20 min ago".</summary>
    [Fact]
    public async Task Times_UnderWaiting_SayHowLongAndGoOn()
    {
        await using var host = await PanelHost.StartAsync();
        await host.SubmitAsync(Role.User, "date");
        await using var context = await chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.Clock.InstallAsync();
        await page.LogInAsync(host, "the-operator");
        await page.OpenAsync(host, "/approvals");
        var waiting = page.Locator("td[data-label=Waiting] time").First;
        await Assertions.Expect(waiting).ToHaveTextAsync("now");
        await page.Clock.FastForwardAsync("20:05");
        await Assertions.Expect(waiting).ToHaveTextAsync("20 min");
        await page.Clock.FastForwardAsync("03:00:00");
        await Assertions.Expect(waiting).ToHaveTextAsync("3 hr");
        await page.Clock.FastForwardAsync("49:00:00");
        await Assertions.Expect(waiting).ToHaveTextAsync("2 days");
    }

    [Fact]
    public async Task Times_OnAMachineWhoseClockIsWrong_AreDistancesByTheServersClock()
    {
        await using var host = await PanelHost.StartAsync();
        await using var context = await chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.Clock.InstallAsync(new() { TimeDate = host.Get<TimeProvider>().GetUtcNow().UtcDateTime.AddHours(-7) });
        await page.LogInAsync(host, "the-viewer");
        await page.OpenAsync(host, "/account");
        await Assertions.Expect(page.Locator("td[data-label=Started] time").First).ToHaveTextAsync("now");
    }

    [Fact]
    public async Task Times_WithoutScript_SayUtcBesideEach()
    {
        await using var host = await PanelHost.StartAsync();
        await host.FillAsync();
        await using var context = await chromium.OpenAsync(new() { JavaScriptEnabled = false, TimezoneId = "Asia/Tokyo" });
        var page = await context.NewPageAsync();
        await page.LogInAsync(host, "the-admin");
        var seen = 0;
        foreach (var path in PanelPages.All.Where(p => p.Role != Role.Anony).Select(p => p.Path))
        {
            await page.OpenAsync(host, path);
            var times = await page.Locator("main time").AllInnerTextsAsync();
            Assert.All(times, t => Assert.EndsWith(" UTC", t, StringComparison.Ordinal));
            seen += times.Count;
        }

        Assert.True(seen > 30, $"Only {seen} times were seen.");
        await page.OpenAsync(host, "/audit");
        await Assertions.Expect(page.GetByText("From (UTC)")).ToBeVisibleAsync();
        Assert.Matches(":\\d\\d:\\d\\d UTC$", await page.Locator("main time").First.InnerTextAsync());
        await page.OpenAsync(host, "/tokens");
        Assert.Equal(1, await page.GetByText("Last day (UTC)").CountAsync());
    }

    [Theory]
    [InlineData("America/New_York", "2026-03-08", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z")]
    [InlineData("Asia/Taipei", "2026-03-08", "2026-03-07T16:00:00Z", "2026-03-08T16:00:00Z")]
    [InlineData("America/Santiago", "2025-09-07", "2025-09-07T04:00:00Z", "2025-09-08T03:00:00Z")]
    public async Task AuditFilter_FromAndToADay_IsTheReadersWholeDay(string zone, string day, string begins, string ends)
    {
        await using var host = await PanelHost.StartAsync();
        await using var context = await chromium.OpenAsync(new() { TimezoneId = zone });
        var page = await context.NewPageAsync();
        await page.LogInAsync(host, "the-admin");
        await page.OpenAsync(host, "/audit");
        await page.GetByLabel("From").FillAsync(day);
        await page.GetByLabel("To", new() { Exact = true }).FillAsync(day);
        await page.PressAsync("Search");
        await page.SeesAsync("No matching entries.");
        Assert.Equal(day, await page.GetByLabel("From").InputValueAsync());
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri(page.Url).Query);
        Assert.Equal(Instant(begins), DayOffset.StartOf(Day(day), Minutes(query["from_offset"]!)));
        Assert.Equal(Instant(ends), DayOffset.EndOf(Day(day), Minutes(query["to_offset"]!)));
    }

    [Fact]
    public async Task TokenExpiry_OnADay_IsTheEndOfThatDayForItsOwner()
    {
        await using var host = await PanelHost.StartAsync();
        await using var context = await chromium.OpenAsync(new() { TimezoneId = "Pacific/Auckland" });
        var page = await context.NewPageAsync();
        await page.LogInAsync(host, "the-viewer");
        await page.OpenAsync(host, "/tokens");
        var last = DateOnly.FromDateTime(host.Get<TimeProvider>().GetUtcNow().UtcDateTime.AddDays(40));
        await page.GetByLabel("Name").FillAsync("laptop");
        await page.GetByLabel("Expires").SelectOptionAsync("date");
        await page.GetByLabel("Last day").FillAsync(last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await page.PressAsync("Create token");
        await page.SeesAsync("not shown again");
        var tokens = await host.Get<ITokenService>().ListOwnAsync(host.ActorOf(Role.Viewer), new PageRequest(1));
        var there = TimeZoneInfo.FindSystemTimeZoneById("Pacific/Auckland");
        var midnight = last.AddDays(1).ToDateTime(TimeOnly.MinValue);
        Assert.Equal(new DateTimeOffset(midnight, there.GetUtcOffset(midnight)), tokens.Require().Items[0].ExpiresAt);
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static int Minutes(string? text) => int.Parse(text!, CultureInfo.InvariantCulture);
}
