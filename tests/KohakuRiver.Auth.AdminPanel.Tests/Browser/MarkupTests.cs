using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using KohakuRiver.Tests.Browser;

namespace KohakuRiver.Auth.AdminPanel.Tests.Browser;

/// <summary>Names, commands, reasons and browsers made of markup stay text on every page.</summary>
[Collection("browser")]
public sealed class MarkupTests(Chromium chromium)
{
    [Fact]
    [Trait("Requirement", "R5"), Trait("Requirement", "V1.2.1")]
    public async Task Markup_InEverythingPeopleWrite_StaysText()
    {
        await using var host = await PanelHost.StartAsync();
        await host.FillAsync(hostile: true);
        await using var context = await chromium.OpenAsync();
        var page = await context.NewPageAsync();
        var broken = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase))
            {
                broken.Add(message.Text);
            }
        };
        await page.LogInAsync(host, "the-admin");
        var seen = 0;
        foreach (var path in PanelPages.All.Where(p => p.Role != Role.Anony).Select(p => p.Path)
            .Concat(["/approvals/history?status=rejected", "/tasks/000003", "/users/4"]))
        {
            await page.OpenAsync(host, path);
            seen += await page.EvaluateAsync<int>("document.body.innerText.includes('<img src=x onerror') ? 1 : 0");
            Assert.Equal(0, await page.EvaluateAsync<int>("document.querySelectorAll('img[src=x], script:not([src])').length"));
            Assert.Null(await page.EvaluateAsync<string?>("document.documentElement.dataset.pwned ?? null"));
        }

        // Otherwise the markup was not there to be encoded.
        Assert.True(seen >= 10, $"Only {seen} pages show it.");
        Assert.Empty(broken);
    }
}
