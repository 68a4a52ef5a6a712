using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using KohakuRiver.Tests.Browser;
using Microsoft.Playwright;

namespace KohakuRiver.Auth.AdminPanel.Tests.Browser;

/// <summary>
/// Every page at every width: none scrolls sideways, nothing is cut off, and what is touched on a phone is large enough; with plain names
/// and with the longest there are. With KOHAKU_SHOTS=folder each is also kept as a picture.
/// </summary>
[Collection("browser")]
public sealed class WidthTests(Chromium chromium, FilledHost filled, LongHost full) : IClassFixture<FilledHost>, IClassFixture<LongHost>
{
    private static readonly string? Shots = Environment.GetEnvironmentVariable("KOHAKU_SHOTS");
    private static readonly int[] Widths = [320, 360, 760, 820, 1024, 1440, 1920, 2560];
    private static readonly int[] ShotWidths = [360, 820, 1440, 1920];

    // What stands beyond its own box, or in a box that somebody would have to scroll sideways, or beyond the screen.
    private const string CutOff = """
        () => {
          const faults = [];
          const width = document.documentElement.clientWidth;
          const beyond = document.documentElement.scrollWidth - width;
          if (beyond > 0) faults.push(`the page is ${beyond} pixels too wide`);
          const text = e => (e.textContent ?? '').trim().slice(0, 30);
          const name = e => `${e.tagName.toLowerCase()}.${e.className?.baseVal ?? e.className} "${text(e)}"`;
          for (const box of document.querySelectorAll('.card, .scroll, .tile, .flash, .list tr, .columns > *, main, .top')) {
            if (box.scrollWidth > box.clientWidth + 1 && box.clientWidth > 0 && getComputedStyle(box).display !== 'table-row') {
              faults.push(`${name(box)} holds ${box.scrollWidth - box.clientWidth} pixels more than it has`);
            }
          }
          for (const control of document.querySelectorAll('main button, main .button, main input, main select, .top button, .top a')) {
            const place = control.getBoundingClientRect();
            if (place.width > 1 && (place.left < 0 || place.right > width + 1)) faults.push(`${name(control)} is cut off`);
          }
          return faults;
        }
        """;

    // A word of a sentence may be as high as its line; everything else that is touched may not.
    private const string TooSmall = """
        () => [...document.querySelectorAll('a, button, summary, input:not([type=hidden]), select, textarea')]
          .filter(e => e.checkVisibility() && !e.closest('.visually-hidden, p, .flash, .sprite') && !e.matches('.skip'))
          .map(e => [e, e.getBoundingClientRect()])
          .filter(([, place]) => place.width > 1 && (place.width < 24 || place.height < 24))
          .map(([e, place]) => `${e.outerHTML.slice(0, 90)} is ${Math.round(place.width)} by ${Math.round(place.height)}`)
        """;

    private const string SeveralLines = """
        () => [...document.querySelectorAll('.filters label')]
          .filter(e => e.checkVisibility() && e.getBoundingClientRect().height > 1.5 * parseFloat(getComputedStyle(e).lineHeight))
          .map(e => e.textContent)
        """;

    [Theory]
    [InlineData(false, ColorScheme.Light)]
    [InlineData(true, ColorScheme.Dark)]
    public async Task Pages_AtEveryWidth_FitAndCutNothingOff(bool hasLongNames, ColorScheme scheme)
    {
        var host = hasLongNames ? full.Host : filled.Host;
        await using var context = await chromium.OpenAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        var page = await context.NewPageAsync();
        var faults = new List<string>();
        foreach (var (_, path, _) in PanelPages.All.Where(p => p.Role == Role.Anony))
        {
            await CheckAsync(path);
        }

        await page.LogInAsync(host, "the-admin");
        foreach (var path in PanelPages.All.Where(p => p.Role != Role.Anony).Select(p => p.Path).Append("/no/such/page"))
        {
            await CheckAsync(path);
        }

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults.Take(30)));

        async Task CheckAsync(string path)
        {
            await page.SetViewportSizeAsync(1440, 900);
            await page.OpenAsync(host, path);
            foreach (var width in Widths)
            {
                await page.SetViewportSizeAsync(width, 900);
                faults.AddRange((await page.EvaluateAsync<string[]>(CutOff)).Select(f => $"{path} at {width}: {f}"));
                if (width == 360)
                {
                    faults.AddRange((await page.EvaluateAsync<string[]>(TooSmall)).Select(f => $"{path}: {f}"));
                }

                await KeepAsync(page, path, hasLongNames, scheme, width);
            }
        }
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("zh-TW")]
    [InlineData("ja-JP")]
    public async Task Filters_WithRoom_NameEachFieldInOneLine(string language)
    {
        await using var context = await chromium.OpenAsync(new() { Locale = language });
        var page = await context.NewPageAsync();
        await page.LogInAsync(filled.Host, "the-admin");
        var faults = new List<string>();
        var number = 0;
        foreach (var path in PanelPages.All.Where(p => p.Role != Role.Anony).Select(p => p.Path).Append("/approvals?gpus=true"))
        {
            await page.OpenAsync(filled.Host, path);
            foreach (var width in new[] { 820, 1440 })
            {
                await page.SetViewportSizeAsync(width, 900);
                number += await page.Locator(".filters label").CountAsync();
                faults.AddRange((await page.EvaluateAsync<string[]>(SeveralLines)).Select(f => $"{path} at {width}: {f}"));
            }
        }

        Assert.True(number > 50, $"{number}");
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    private static async Task KeepAsync(IPage page, string path, bool hasLongNames, ColorScheme scheme, int width)
    {
        if (Shots is null || !ShotWidths.Contains(width))
        {
            return;
        }

        var themes = hasLongNames ? [scheme] : new[] { ColorScheme.Light, ColorScheme.Dark };
        foreach (var theme in themes)
        {
            await page.EmulateMediaAsync(new() { ColorScheme = theme });
            var which = path.Length == 0 ? "overview" : path.Trim('/').Split('?')[0].Replace('/', '-');
            var name = $"{(hasLongNames ? "long-" : "")}{which}-{theme}-{width}.png".ToLowerInvariant();
            await page.ScreenshotAsync(new() { Path = Path.Combine(Shots, name), FullPage = true });
        }

        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
    }
}
