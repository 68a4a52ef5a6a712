using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using Microsoft.Playwright;

namespace KohakuRiver.Auth.AdminPanel.Tests.Browser;

/// <summary>Which rules of accessibility are asked.</summary>
internal enum AxeRules
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>All but those of colours, which no language has of its own.</summary>
    Structure,

    /// <summary>Those of colours alone: nothing else changes with the theme.</summary>
    Colours,
}

internal static class BrowserExtensions
{
    private static readonly string AxeScript = new BundledAxeScriptProvider().GetScript();

    // A script that never answers would keep the run for ever.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private static readonly string[] OfColours = ["color-contrast", "link-in-text-block"];

    /// <summary>Logs in by the login page, in whatever language it is.</summary>
    internal static async Task LogInAsync(this IPage page, PanelHost host, string username)
    {
        await page.GotoAsync(host.Address.GetLeftPart(UriPartial.Authority) + host.Home + "/login");
        await page.Locator("[name=username]").FillAsync(username);
        await page.Locator("[name=password]").FillAsync(PanelHost.Password);
        await page.Locator("form:has([name=password]) button.primary").ClickAsync();

        // The page that is opened next would take the login back while it is still on its way.
        await Assertions.Expect(page).Not.ToHaveURLAsync(Address("/login([?#]|$)"));
    }

    /// <summary>
    /// Waits for the page that a click leads to. To wait for the address itself hangs where the browser was there first.
    /// </summary>
    /// <param name="page">The tab.</param>
    /// <param name="pattern">A regular expression for the address.</param>
    internal static Task ArrivesAsync(this IPage page, string pattern) => Assertions.Expect(page).ToHaveURLAsync(Address(pattern));

    private static Regex Address(string pattern) => new(pattern, RegexOptions.None, TimeSpan.FromSeconds(1));

    /// <summary>A page of the panel in a tab of its own, as the admin sees it.</summary>
    internal static async Task<IPage> OpenAsAdminAsync(this IBrowserContext context, PanelHost host, string path)
    {
        var page = await context.NewPageAsync();
        await page.LogInAsync(host, "the-admin");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Overview" })).ToBeVisibleAsync();
        await page.OpenAsync(host, path);
        return page;
    }

    /// <summary>Opens a page of the panel.</summary>
    internal static Task<IResponse?> OpenAsync(this IPage page, PanelHost host, string path) =>
        page.GotoAsync(host.Address.GetLeftPart(UriPartial.Authority) + host.Home + path);

    /// <summary>
    /// Opens a page of the panel: how many requests it takes, and how many bytes they bring but for the stream of events.
    /// </summary>
    internal static async Task<(int Requests, int Bytes)> WeighAsync(this IPage page, PanelHost host, string path)
    {
        var requests = 0;
        var bodies = new List<Task<RequestSizesResult>>();
        void Note(object? sender, IResponse response)
        {
            requests++;
            if (response.Status < 300 && !response.Url.EndsWith("/events", StringComparison.Ordinal))
            {
                bodies.Add(response.Request.SizesAsync());
            }
        }

        // Nothing of the page before belongs to it, and what the browser has kept is fetched as by one that comes for the first time.
        await page.GotoAsync("about:blank");
        var network = await page.Context.NewCDPSessionAsync(page);
        await network.SendAsync("Network.enable");
        await network.SendAsync("Network.setCacheDisabled", new() { ["cacheDisabled"] = true });
        page.Response += Note;
        try
        {
            await page.OpenAsync(host, path);
            await page.WaitForLoadStateAsync(LoadState.Load);
            return (requests, (await Task.WhenAll(bodies)).Sum(b => b.ResponseBodySize));
        }
        finally
        {
            page.Response -= Note;
            await network.DetachAsync();
        }
    }

    /// <summary>What the accessibility rules find on the page as it stands, each with the elements concerned.</summary>
    /// <param name="page">The page.</param>
    /// <param name="rules">Which rules; those of colours take longest.</param>
    internal static async Task<IEnumerable<string>> FaultsAsync(this IPage page, AxeRules rules = AxeRules.All)
    {
        // Asked without the package's own way, which opens a second page at each time to put the results of frames together: the panel has
        // no frames. What passed is not told: on long pages that took longer than looking.
        if (!await page.EvaluateAsync<bool>("typeof axe === 'object'"))
        {
            await page.EvaluateAsync(AxeScript);
        }

        return await page.EvaluateAsync<string[]>(
            """
            async ({ only, without }) => {
              // Colours that are still on their way from one theme to the other are no colours of the page. Brought to their end, not
              // waited for: where nothing is drawn none ever gets there.
              document.getAnimations().filter(a => a.effect.getComputedTiming().iterations !== Infinity).forEach(a => a.finish());
              const result = await axe.run(document, {
                resultTypes: ['violations'],
                ...(only ? { runOnly: { type: 'rule', values: only } } : {}),
                rules: Object.fromEntries(without.map(rule => [rule, { enabled: false }])),
              });
              return result.violations.map(v =>
                `${v.id} ${v.help}: ${v.nodes.map(node => node.html).slice(0, 3).join(' | ')}`);
            }
            """,
            new
            {
                only = rules == AxeRules.Colours ? OfColours : null,
                without = rules == AxeRules.Structure ? OfColours : [],
            }).WaitAsync(Longest);
    }

    /// <summary>Presses a button that decides, as a person would: not before it can have been read.</summary>
    internal static async Task DecideAsync(this IPage page, ILocator button)
    {
        await button.WaitForAsync();
        await page.WaitForTimeoutAsync(800);
        await button.ClickAsync();
    }

    internal static Task PressAsync(this IPage page, string button) =>
        page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync();

    internal static Task FollowAsync(this IPage page, string link) =>
        page.GetByRole(AriaRole.Link, new() { Name = link }).First.ClickAsync();

    internal static async Task SeesAsync(this IPage page, string text) =>
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(text, new() { Timeout = 30_000 });
}
