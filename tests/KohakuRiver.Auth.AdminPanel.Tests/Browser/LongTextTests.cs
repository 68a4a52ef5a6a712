using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using KohakuRiver.Tests.Browser;
using Microsoft.Playwright;

namespace KohakuRiver.Auth.AdminPanel.Tests.Browser;

/// <summary>
/// Texts that are longer by two fifths, as translations are, fit on every page. With KOHAKU_SHOTS=folder each is kept as a picture.
/// </summary>
[Collection("browser")]
public sealed class LongTextTests(Chromium chromium)
{
    private const string Faults = """
        () => {
          const width = document.documentElement.clientWidth;
          const faults = [];
          const beyond = document.documentElement.scrollWidth - width;
          if (beyond > 0) faults.push(`the page is ${beyond} pixels too wide`);
          const looked = 'main :is(.card, .flash, button, .button, input, select), .top :is(a, button)';
          for (const e of document.querySelectorAll(looked)) {
            const place = e.getBoundingClientRect();
            if (e.checkVisibility() && place.width > 1 && (place.left < 0 || place.right > width + 1)) {
              faults.push(`${e.tagName} "${e.textContent.trim().slice(0, 30)}" is cut off`);
            }
            if (e.matches('.card, .flash') && e.scrollWidth > e.clientWidth + 1) {
              faults.push(`a card of "${e.textContent.trim().slice(0, 30)}" is ${e.scrollWidth - e.clientWidth} pixels too narrow`);
            }
          }
          return faults;
        }
        """;

    private static readonly string? Shots = Environment.GetEnvironmentVariable("KOHAKU_SHOTS");

    [Fact]
    public async Task Pages_WithLongTexts_FitAtEveryWidth()
    {
        await using var host = await MarkedTexts.StartAsync();
        await host.FillAsync();
        await using var context = await chromium.OpenAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        var page = await context.NewPageAsync();
        var faults = new List<string>();
        foreach (var (_, path, _) in PanelPages.All.Where(p => p.Role == Role.Anony))
        {
            await CheckAsync(path);
        }

        await page.OpenAsync(host, "/login");
        await page.Locator("[name=username]").FillAsync("the-admin");
        await page.Locator("[name=password]").FillAsync(PanelHost.Password);
        await page.Locator("main button.primary").ClickAsync();
        await page.Locator("nav.side").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        foreach (var path in PanelPages.All.Where(p => p.Role != Role.Anony).Select(p => p.Path).Append("/no/such/page"))
        {
            await CheckAsync(path);
        }

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));

        async Task CheckAsync(string path)
        {
            await page.OpenAsync(host, path);
            foreach (var width in (int[])[1440, 820, 360])
            {
                await page.SetViewportSizeAsync(width, 900);
                faults.AddRange((await page.EvaluateAsync<string[]>(Faults)).Select(f => $"{path} at {width}: {f}"));
                if (Shots is not null)
                {
                    var name = path.Length == 0 ? "overview" : path.Trim('/').Split('?')[0].Replace('/', '-');
                    await page.ScreenshotAsync(new() { Path = Path.Combine(Shots, $"long-{name}-{width}.png"), FullPage = true });
                }
            }
        }
    }
}
