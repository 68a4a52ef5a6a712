using System.Text.RegularExpressions;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using KohakuRiver.Auth.AdminPanel.Tests.Texts;
using KohakuRiver.Tests.Browser;
using Microsoft.Playwright;

namespace KohakuRiver.Auth.AdminPanel.Tests.Browser;

/// <summary>What people read whose browser asks for another language than English.</summary>
[Collection("browser")]
public sealed partial class LanguageTests(Chromium chromium, FilledHost filled) : IClassFixture<FilledHost>
{
    // Texts of elements and of what is read out or shown by a script. What people wrote or type as it is stands in code, mostly.
    private const string Read = """
        () => {
          const texts = [];
          const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            if (!walk.currentNode.parentElement.closest('code, pre, bdi, script, style')) texts.push(walk.currentNode.data);
          }
          for (const element of document.querySelectorAll('*')) {
            for (const attribute of element.attributes) {
              if (/^(aria-label|title|placeholder|alt|label|data-(?!(as|now|theme|events|session|row|state|kind|day|edge|copy|choose)).*)$/
                .test(attribute.name)) texts.push(attribute.value);
            }
          }
          return texts.map(text => text.replace(/\s+/g, ' ').trim()).filter(text => text);
        }
        """;

    private readonly PanelHost host = filled.Host;

    [Theory]
    [InlineData("ja-JP", "ja")]
    [InlineData("zh-TW", "zh-Hant")]
    public async Task Pages_InAnotherLanguage_HaveNoEnglishSentence(string browser, string language)
    {
        await using var context = await chromium.OpenAsync(new() { Locale = browser, TimezoneId = "Asia/Taipei" });
        var page = await context.NewPageAsync();
        var english = new List<string>();
        foreach (var path in PanelPages.All.Where(p => p.Role == Role.Anony).Select(p => p.Path))
        {
            await CheckAsync(path);
        }

        await page.LogInAsync(host, "the-admin");
        foreach (var path in PanelPages.All.Where(p => p.Role != Role.Anony).Select(p => p.Path))
        {
            await CheckAsync(path);
        }

        var all = english.Distinct(StringComparer.Ordinal).ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));

        async Task CheckAsync(string path)
        {
            await page.OpenAsync(host, path);
            Assert.Equal(language, await page.Locator("html").GetAttributeAsync("lang"));
            english.AddRange((await page.EvaluateAsync<string[]>(Read)).Where(t => IsEnglish(t, language)).Select(t => $"{path}: {t}"));
        }
    }

    [Theory]
    [InlineData("ja-JP", "ユーザー名またはパスワードが正しくありません。", "前|たった今|今|分後|時間後|日")]
    [InlineData("zh-TW", "使用者名稱或密碼不正確。", "前|現在|剛剛|後|日")]
    public async Task Scripts_AndRefusedForms_SpeakTheLanguageOfThePage(string browser, string wrong, string times)
    {
        await using var context = await chromium.OpenAsync(new() { Locale = browser, TimezoneId = "Asia/Taipei" });
        var page = await context.NewPageAsync();
        await page.OpenAsync(host, "/login");
        await page.Locator("[name=username]").FillAsync("nobody-there");
        await page.Locator("[name=password]").FillAsync("not the password");
        await page.Locator("form:has([name=password]) button.primary").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync(wrong);

        await page.LogInAsync(host, "the-admin");
        await page.OpenAsync(host, "/approvals");
        foreach (var time in await page.Locator("main time").AllInnerTextsAsync())
        {
            Assert.Matches(times, time);
        }

        await page.OpenAsync(host, "/users");
        await page.Locator("main input[type=checkbox][data-name]").First.CheckAsync();
        Assert.DoesNotContain("selected", await page.Locator("[data-chosen]").First.InnerTextAsync(), StringComparison.Ordinal);
    }

    private static bool IsEnglish(string text, string language) => Translations.In(language).TryGetValue(text, out var translation)
        ? translation != text
        : !OfPeople.Contains(text, StringComparer.Ordinal) && Words().IsMatch(text);

    // Names and texts that the filling has, and what is called so in every language.
    private static readonly string[] OfPeople = [];

    [GeneratedRegex(@"[A-Za-z]{2,}[,:]? [A-Za-z]{2,}", RegexOptions.None, 60_000)]
    private static partial Regex Words();
}
