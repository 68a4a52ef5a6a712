using System.Globalization;
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
          const read = new RegExp('^(aria-label|title|placeholder|alt|label|data-(label|one|many|ask-one|ask-many|ask-then|confirm|copied'
            + '|hide|short|few|enough|good|cancel|continue|busy|early|lost|light|dark|system|zone))$');
          const other = 'code, pre, bdi, script, style, noscript, [aria-hidden=true]';
          const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            if (!walk.currentNode.parentElement.closest(other)) texts.push(walk.currentNode.data);
          }
          for (const element of document.querySelectorAll('*')) {
            for (const attribute of element.attributes) {
              if (read.test(attribute.name)) texts.push(attribute.value);
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
        var theirs = new List<string>();
        foreach (var path in PanelPages.All.Where(p => p.Role == Role.Anony).Select(p => p.Path))
        {
            await CheckAsync(path);
        }

        await page.LogInAsync(host, "the-admin");
        theirs.AddRange(await host.WrittenAsync());
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
            english.AddRange(
                (await page.EvaluateAsync<string[]>(Read)).Where(t => IsEnglish(t, language, theirs)).Select(t => $"{path}: {t}"));
        }
    }

    /// <summary>Names of roles are the same everywhere; what is past and what never ends, and days, are said in the language.</summary>
    [Theory]
    [InlineData("ja-JP", "なし", "無期限", "月", "実行中")]
    [InlineData("zh-TW", "從未", "永不到期", "月", "執行中")]
    public async Task Words_ThatMeanTwoThings_AreTranslatedForEach(
        string browser, string never, string endless, string month, string running)
    {
        await using var own = await PanelHost.StartAsync();
        await own.FillAsync();
        (await own.Get<ITokenService>().CreateAsync(own.ActorOf(Role.Admin), new CreateTokenCommand { Name = "endless" })).Require();
        await own.AddUserAsync("idler", Role.User);
        await using var context = await chromium.OpenAsync(new() { Locale = browser });
        var page = await context.NewPageAsync();
        await page.LogInAsync(own, "the-admin");
        await page.OpenAsync(own, "/users?search=idler");
        await Assertions.Expect(page.Locator("td .tag.role-user")).ToHaveTextAsync("user");
        await Assertions.Expect(page.Locator("td .none")).ToHaveTextAsync(never);
        await page.OpenAsync(own, "/tokens?search=endless");
        await Assertions.Expect(page.Locator("td .none")).ToHaveTextAsync([never, endless]);
        await page.OpenAsync(own, "/settings");
        await Assertions.Expect(page.Locator(".ticks .tick").First).ToHaveTextAsync("user");
        await page.OpenAsync(own, "/search?q=training");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(running);
        await page.OpenAsync(own, "");
        await Assertions.Expect(page.Locator("svg text", new() { HasText = month }).First).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("ja-JP", "ja", "今", "{0} 分前", @"^\d+月\d+日$")]
    [InlineData("zh-TW", "zh-Hant", "現在", "{0} 分鐘前", @"^\d+月\d+日$")]
    public async Task Scripts_AndRefusedForms_SpeakTheLanguageOfThePage(
        string browser, string language, string now, string minutesAgo, string day)
    {
        var texts = Translations.In(language);
        await using var context = await chromium.OpenAsync(new() { Locale = browser, TimezoneId = "Asia/Taipei" });
        var page = await context.NewPageAsync();
        await page.OpenAsync(host, "/login");
        await page.Locator("[name=username]").FillAsync("nobody-there");
        await page.Locator("[name=password]").FillAsync("not the password");
        await page.Locator("form:has([name=password]) button.primary").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert).First).ToHaveTextAsync(texts["Wrong username or password."]);

        await page.LogInAsync(host, "the-admin");
        await page.OpenAsync(host, "");
        var days = await page.Locator("svg .day").AllTextContentsAsync();
        Assert.NotEmpty(days);
        Assert.All(days, d => Assert.Matches(day, d));

        // Read with the clock they were made by, in one go.
        await page.OpenAsync(host, "/tasks");
        var times = await page.EvaluateAsync<string[][]>("""
            () => [...document.querySelectorAll('main time')]
              .map(time => [time.innerText, String(Math.round((Date.now() - Date.parse(time.dateTime)) / 1000)), time.title])
            """);
        Assert.NotEmpty(times);
        foreach (var time in times)
        {
            // What was written when the page was made may be some seconds old by now.
            var age = int.Parse(time[1], CultureInfo.InvariantCulture);
            Assert.Contains(time[0], Enumerable.Range(Math.Max(0, age - 10), 12).Select(Said));
            Assert.Matches(@"^\S*\d{4}年\d+月\d+日.*\(Asia/Taipei\) · \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$", time[2]);
        }

        await page.OpenAsync(host, "/users");
        await page.Locator("main input[type=checkbox][data-name=the-viewer]").CheckAsync();
        await Assertions.Expect(page.Locator("[data-chosen]")).ToHaveTextAsync(With(texts["{0} user selected"], 1));
        await page.Locator("#bulk button[value=disable]").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.Locator("#question")).ToContainTextAsync(
            With(texts[UsersChangeText.Question(UsersChange.Disable).One], 1));
        await Assertions.Expect(dialog.Locator("#question")).ToContainTextAsync(texts[UsersChangeText.Consequence(UsersChange.Disable)]);
        Assert.Equal(
            [texts[UsersChangeText.Verb(UsersChange.Disable)], texts["Cancel"]],
            await dialog.GetByRole(AriaRole.Button).AllInnerTextsAsync());

        string Said(int age) => age < 45 ? now : With(minutesAgo, (int)Math.Round(age / 60.0, MidpointRounding.AwayFromZero));

        static string With(string text, int number) => text.Replace("{0}", $"{number}", StringComparison.Ordinal);
    }

    private static bool IsEnglish(string text, string language, IReadOnlyCollection<string> theirs) =>
        Names.Contains(text, StringComparer.Ordinal) || theirs.Contains(text, StringComparer.Ordinal) ? false
        : Translations.In(language).TryGetValue(text, out var translation) ? translation != text
        : Words().IsMatch(theirs.Concat(OfPeople).Aggregate(text, (left, t) => left.Replace(t, "", StringComparison.Ordinal)));

    // Roles, and the type of a task.
    private static readonly string[] Names = ["anony", "viewer", "user", "operator", "admin", "command"];

    // Names and texts that the filling has, and what is called so in every language.
    private static readonly string[] OfPeople =
    [
        "The Admin", "The Operator", "The User", "The Viewer", "nightly build", "python train.py --epochs 30",
        "Please use the queue for small tests.", "People who train models", "like Gecko", "GPU ID", "JSON Lines",
    ];

    [GeneratedRegex(@"[A-Za-z]{2,}[,:]? [A-Za-z]{2,}", RegexOptions.None, 60_000)]
    private static partial Regex Words();
}
