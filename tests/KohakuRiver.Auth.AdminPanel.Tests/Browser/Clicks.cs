using Microsoft.Playwright;

namespace KohakuRiver.Auth.AdminPanel.Tests.Browser;

/// <summary>Counts what a person has to press; typing is free.</summary>
internal sealed class Clicks(IPage page)
{
    internal int Count { get; private set; }

    internal async Task OnAsync(ILocator what)
    {
        Count++;
        await what.First.ClickAsync();
        await page.WaitForLoadStateAsync();
    }

    /// <summary>Presses a button that decides, no earlier than it can have been read.</summary>
    internal async Task DecideAsync(ILocator what)
    {
        Count++;
        await page.DecideAsync(what.First);
    }
}
