using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using KohakuRiver.Tests.Browser;
using Microsoft.Playwright;

namespace KohakuRiver.Auth.AdminPanel.Tests.Browser;

/// <summary>
/// Pages full of characters nobody sees, as a browser draws them: the marks fit, have contrast, and keep the direction of others' text to
/// itself. With KOHAKU_SHOTS=folder each is also kept as a picture.
/// </summary>
[Collection("looks")]
public sealed class UnseenLookTests(Chromium chromium)
{
    private static readonly string? Shots = Environment.GetEnvironmentVariable("KOHAKU_SHOTS");

    [Fact]
    public async Task Pages_FullOfUnseenCharacters_AreAccessibleAndFit()
    {
        await using var host = await PanelHost.StartAsync();
        var made = await host.FillWithUnseenAsync();
        await host.SubmitAsync(
            Role.User, "deploy", "\u202Eeurt=hsup--\u202C --dry-run=false", "", "   ", "two\nlines", "\u05E9\u05DC\u05D5\u05DD/x", "plain");
        var faults = new List<string>();
        string[] paths =
        [
            "/approvals", "/approvals/history", $"/tasks/{made.Waiting}", "/audit", $"/users/{made.User}", $"/groups/{made.Group}",
            "/vps/vps-1",
        ];
        await using var context = await chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.LogInAsync(host, "the-admin");
        foreach (var path in paths)
        {
            await page.OpenAsync(host, path);
            foreach (var (scheme, width) in
                from scheme in new[] { ColorScheme.Light, ColorScheme.Dark } from width in new[] { 360, 820, 1440 } select (scheme, width))
            {
                await page.EmulateMediaAsync(new() { ColorScheme = scheme });
                await page.SetViewportSizeAsync(width, 900);
                if (Shots is not null)
                {
                    var which = path.Contains("history", StringComparison.Ordinal) ? "-history" : "";
                    var name = $"unseen-{path.Trim('/').Split('/')[0]}{which}-{scheme}-{width}.png";
                    await page.ScreenshotAsync(new() { Path = Path.Combine(Shots, name.ToLowerInvariant()), FullPage = true });
                }

                var beyond = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
                if (beyond > 0)
                {
                    faults.Add($"{path} {width}: {beyond} pixels beyond the edge");
                }

                // One width a theme: what the rules look at does not change with it.
                if ((scheme == ColorScheme.Light) == (width == 1440) && width != 820)
                {
                    faults.AddRange((await page.FaultsAsync()).Select(f => $"{path}: {f}"));
                }
            }
        }

        Assert.Empty(faults);
    }

    [Fact]
    [Trait("Requirement", "R10")]
    public async Task ArgumentWithAnOverride_IsDrawnInTheOrderItHas()
    {
        await using var host = await PanelHost.StartAsync();
        await host.SubmitAsync(Role.User, "deploy", "\u202Eeurt=hsup--\u202C", "after");
        await using var context = await chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.LogInAsync(host, "the-operator");
        await page.OpenAsync(host, "/approvals");

        // Where each letter of the argument stands on the screen, from left to right.
        var drawn = await page.EvaluateAsync<string>("""
            () => {
              const box = document.querySelector('.arg');
              const places = [];
              const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
              for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                for (let i = 0; i < node.length; i++) {
                  const range = document.createRange();
                  range.setStart(node, i);
                  range.setEnd(node, i + 1);
                  places.push([range.getBoundingClientRect().left, node.data[i]]);
                }
              }
              return places.sort((a, b) => a[0] - b[0]).map(p => p[1]).join('');
            }
            """);
        Assert.Equal("\u27E8U+202E\u27E9eurt=hsup--\u27E8U+202C\u27E9", drawn);
    }
}
