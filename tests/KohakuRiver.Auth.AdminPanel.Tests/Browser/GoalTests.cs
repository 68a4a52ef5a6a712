using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using KohakuRiver.Tests.Browser;
using Microsoft.Playwright;

namespace KohakuRiver.Auth.AdminPanel.Tests.Browser;

/// <summary>How much has to be pressed for what is done every day, counted from the overview. <see cref="PersonTests"/> counts the way to
/// the answer why somebody may not enter a VPS.</summary>
[Collection("browser")]
public sealed class GoalTests(Chromium chromium)
{
    [Fact]
    public async Task EverydayWork_FromTheOverview_TakesFewClicks()
    {
        await using var host = await PanelHost.StartAsync();
        await host.FillAsync();
        var group = (await host.Get<IGroupService>().CreateAsync(
            Actor.Host, new CreateGroupCommand { Name = "Newcomers" })).Require();
        await host.SubmitManyAsync(4);
        var waiting = await WaitingAsync();
        await using var context = await chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.LogInAsync(host, "the-admin");

        // Three decisions, without a change of the page.
        var clicks = await StartAsync();
        await page.EvaluateAsync("window.stillHere = true");
        for (var i = 0; i < 3; i++)
        {
            await clicks.DecideAsync(page.Locator("button[value=approve]:visible"));
            await Assertions.Expect(page.Locator("[data-state=approved]")).ToHaveCountAsync(i + 1);
        }

        Assert.Equal(3, clicks.Count);
        Assert.True(await page.EvaluateAsync<bool>("window.stillHere === true"));
        Assert.Equal(waiting - 3, await WaitingAsync());

        clicks = await StartAsync();
        await clicks.OnAsync(page.GetByRole(AriaRole.Link, new() { Name = "Users", Exact = true }));
        await clicks.OnAsync(page.GetByRole(AriaRole.Link, new() { Name = "the-viewer" }));
        await clicks.OnAsync(page.GetByLabel("Newcomers"));
        await clicks.OnAsync(page.GetByRole(AriaRole.Button, new() { Name = "Save name, role and groups" }));
        await page.SeesAsync("Changes saved.");
        Assert.InRange(clicks.Count, 1, 5);
        var saved = (await host.Get<IUserService>().GetAsync(Actor.Host, host.Users[Role.Viewer].Id)).Require();
        Assert.Contains(saved.Groups, g => g.Id == group.Id);

        clicks = await StartAsync();
        await clicks.OnAsync(page.GetByRole(AriaRole.Link, new() { Name = "Tokens", Exact = true }));
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("backup");
        await clicks.OnAsync(page.GetByRole(AriaRole.Button, new() { Name = "Create token" }));
        await page.SeesAsync("Copy it now");
        Assert.InRange(clicks.Count, 1, 3);

        clicks = await StartAsync();
        await clicks.OnAsync(page.GetByRole(AriaRole.Link, new() { Name = "Invitations", Exact = true }));
        await clicks.OnAsync(page.GetByRole(AriaRole.Link, new() { Name = "New invitation" }));
        await clicks.OnAsync(page.GetByRole(AriaRole.Button, new() { Name = "Create invitation" }));
        await page.SeesAsync("Invitation created");
        Assert.InRange(clicks.Count, 1, 3);

        async Task<long> WaitingAsync() =>
            (await host.Get<IApprovalService>().ListPendingAsync(Actor.Host, new PageRequest(50))).Require().Total;

        async Task<Clicks> StartAsync()
        {
            await page.OpenAsync(host, "");
            return new Clicks(page);
        }
    }
}
