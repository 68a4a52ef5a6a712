using System.Text.RegularExpressions;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using KohakuRiver.Tests.Browser;
using Microsoft.Playwright;

namespace KohakuRiver.Auth.AdminPanel.Tests.Browser;

/// <summary>The end of a session as its owner sees it.</summary>
[Collection("browser")]
public sealed class SessionEndTests(Chromium chromium)
{
    private const string Typed = "Typed for half an hour";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Form_SentAfterTheSession_ComesBackFilledAndIsCarriedOutByAPress(bool withScript)
    {
        await using var host = await PanelHost.StartAsync();
        await using var context = await chromium.OpenAsync(new() { JavaScriptEnabled = withScript });
        var page = await context.NewPageAsync();
        await page.LogInAsync(host, "the-admin");
        await page.OpenAsync(host, "/groups");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Lab");
        await page.GetByLabel("Description (optional)").FillAsync(Typed);
        (await host.Get<IUserCredentialService>().EndSessionsAsync(Actor.Host, host.Users[Role.Admin].Id)).Require();
        await page.PressAsync("Create group");

        await page.SeesAsync("Your session has ended");
        await page.GetByLabel("Username").FillAsync("the-admin");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(PanelHost.Password);
        await page.PressAsync("Log in");
        if (!withScript)
        {
            await page.SeesAsync("You are logged in");
            await page.PressAsync("Go back to the form");
        }

        await page.SeesAsync("Your session had ended, so nothing was changed.");
        await Assertions.Expect(page.GetByLabel("Description (optional)")).ToHaveValueAsync(Typed);
        await page.PressAsync("Create group");
        await page.SeesAsync("Group created.");
    }

    [Fact]
    public async Task Warning_BeforeAnIdleEnd_LetsOneStay()
    {
        await using var host = await PanelHost.StartAsync();
        await using var context = await chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.Clock.InstallAsync();
        await page.LogInAsync(host, "the-user");
        var idle = (await host.Get<ISettingsService>().GetAsync(Actor.Host)).Require().SessionIdleTimeout;
        var warning = page.Locator("[data-session]");
        await Assertions.Expect(warning).ToBeHiddenAsync();

        // Two minutes before a minute before the end: what is written of a session's use is not exact.
        await page.Clock.FastForwardAsync((long)(idle - TimeSpan.FromMinutes(4)).TotalMilliseconds);
        await Assertions.Expect(warning).ToBeHiddenAsync();
        await page.Clock.FastForwardAsync((long)TimeSpan.FromMinutes(1.5).TotalMilliseconds);
        await Assertions.Expect(warning).ToBeVisibleAsync();
        await Assertions.Expect(warning).ToContainTextAsync("Your session ends in two minutes.");
        var stayed = page.WaitForResponseAsync(new Regex("/session/stay$", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await page.PressAsync("Stay logged in");
        Assert.Equal(204, (await stayed).Status);
        await Assertions.Expect(warning).ToBeHiddenAsync();

        // Nobody stays this time.
        await page.Clock.FastForwardAsync((long)idle.TotalMilliseconds);
        await Assertions.Expect(warning).ToContainTextAsync("Your session has ended.");
        await Assertions.Expect(warning.GetByRole(AriaRole.Button, new() { Name = "Stay logged in" })).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Warning_BeforeAnEndThatCannotBePutOff_SaysSo()
    {
        await using var host = await PanelHost.StartAsync(o =>
        {
            o.SessionLifetime = TimeSpan.FromHours(1);
            o.SessionIdleTimeout = TimeSpan.FromHours(8);
        });
        await using var context = await chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.Clock.InstallAsync();
        await page.LogInAsync(host, "the-user");
        var warning = page.Locator("[data-session]");
        await page.Clock.FastForwardAsync((long)TimeSpan.FromMinutes(58.5).TotalMilliseconds);
        await Assertions.Expect(warning).ToBeVisibleAsync();
        await Assertions.Expect(warning).ToContainTextAsync("cannot be prolonged");
        await Assertions.Expect(warning.GetByRole(AriaRole.Button, new() { Name = "Stay logged in" })).ToBeHiddenAsync();
        await page.PressAsync("Close");
        await Assertions.Expect(warning).ToBeHiddenAsync();
    }

    [Fact]
    [Trait("Requirement", "V14.3.1"), Trait("Requirement", "V14.3.3")]
    public async Task Storage_OnceLoggedOutInAnotherTab_HoldsNothingOfTheSession()
    {
        const string stored = "[...Object.entries(localStorage), ...Object.entries(sessionStorage)].map(e => e.join('=')).sort()";
        await using var host = await PanelHost.StartAsync();
        await using var context = await chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.LogInAsync(host, "the-admin");
        await page.OpenAsync(host, "/users");
        await page.EvaluateAsync("localStorage.setItem('of-the-host', '1')");
        await page.GetByLabel("Select the-user").CheckAsync();
        await page.PressAsync("Delete…");
        await page.SeesAsync("Delete 1 user?");
        Assert.Collection(
            await page.EvaluateAsync<string[]>(stored),
            chosen => Assert.Matches($"^kohakuriver-chosen:[^=]+={host.Users[Role.User].Id}$", chosen),
            used => Assert.Matches("^kohakuriver-session-[0-9]+=[0-9]+$", used),
            others => Assert.Equal("of-the-host=1", others));

        var other = await context.NewPageAsync();
        await other.OpenAsync(host, "/account");
        await other.PressAsync("Log out");
        await Assertions.Expect(other.GetByLabel("Username")).ToBeVisibleAsync();
        foreach (var tab in (IPage[])[other, page])
        {
            await tab.WaitForFunctionAsync($"() => ({stored}).join() === 'of-the-host=1'");
        }
    }

    [Fact]
    public async Task GroupPicker_WithAWordTyped_LeavesThoseWithItAndThoseTicked()
    {
        await using var host = await PanelHost.StartAsync();
        foreach (var name in (string[])["Vision", "Café", "Robots", "Speech", "Graphs", "Optics", "Waves", "Plasma", "Cells"])
        {
            (await host.Get<IGroupService>().CreateAsync(Actor.Host, new CreateGroupCommand { Name = name })).Require();
        }

        await using var context = await chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.LogInAsync(host, "the-admin");
        await page.OpenAsync(host, "/users/new");
        await page.GetByLabel("Vision").CheckAsync();
        await page.GetByLabel("Find a group").FillAsync("cafe");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByLabel("Café")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Vision")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Robots")).ToBeHiddenAsync();
    }
}
