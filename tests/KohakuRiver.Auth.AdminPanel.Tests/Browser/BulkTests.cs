using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using KohakuRiver.Tests.Browser;
using Microsoft.Playwright;

namespace KohakuRiver.Auth.AdminPanel.Tests.Browser;

/// <summary>Choosing users in the list and changing them together.</summary>
[Collection("browser")]
public sealed class BulkTests(Chromium chromium)
{
    [Fact]
    public async Task Bar_OnceSomethingIsChosen_SaysHowManyAndAsksByName()
    {
        await using var host = await PanelHost.StartAsync();
        await using var context = await chromium.OpenAsync();
        var page = await context.OpenAsAdminAsync(host, "/users?role=user&sort=username");
        var ann = await host.AddUserAsync("ann", Role.User);
        await page.ReloadAsync();
        var bar = page.Locator("#bulk");
        await Assertions.Expect(bar).ToBeHiddenAsync();

        await page.GetByLabel("Select ann").CheckAsync();
        await Assertions.Expect(bar).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-chosen]")).ToHaveTextAsync("1 user selected");
        await page.PressAsync("All on this page");
        await Assertions.Expect(page.Locator("[data-chosen]")).ToHaveTextAsync("2 users selected");

        // What harms is asked with the names, and No does nothing.
        await page.PressAsync("Disable");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("Disable 2 accounts?");
        await Assertions.Expect(dialog).ToContainTextAsync("ann, the-user");
        await Assertions.Expect(dialog).ToContainTextAsync("Their sessions end");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        Assert.True((await host.Get<IUserService>().GetAsync(Actor.Host, ann.Id)).Require().User.IsActive);

        // Yes does it, and filters and choices are there again.
        await page.PressAsync("Disable");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Disable" }).ClickAsync();
        await page.SeesAsync("2 accounts disabled.");
        Assert.EndsWith("/users?role=user&sort=username", page.Url, StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("[data-chosen]")).ToHaveTextAsync("2 users selected");
        await page.PressAsync("Enable");
        await page.SeesAsync("2 accounts enabled.");
    }

    [Fact]
    public async Task Bar_OfAGroupThatIsNotChosenOrTheGravest_LeadsToThePageThatSaysSo()
    {
        await using var host = await PanelHost.StartAsync();
        await host.FillAsync();
        await using var context = await chromium.OpenAsync();
        var page = await context.OpenAsAdminAsync(host, "/users");
        await page.GetByLabel("Select the-user").CheckAsync();
        await page.PressAsync("Remove from group");
        await page.SeesAsync("Choose a group.");
        await Assertions.Expect(page.GetByLabel("Select the-user")).ToBeCheckedAsync();
        await page.Locator("#b-group").SelectOptionAsync("Research");
        await page.PressAsync("Remove from group");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("Remove 1 user from Research?");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Remove from group" }).ClickAsync();
        await page.SeesAsync("1 user removed from the group.");

        await page.PressAsync("Delete…");
        await page.SeesAsync("Delete 1 user?");
        await page.SeesAsync("the-user");
        await Assertions.Expect(page.GetByLabel("Your own password")).ToBeFocusedAsync();
        await page.GetByLabel("Your own password").FillAsync(PanelHost.Password);
        await page.PressAsync("Delete");
        await page.SeesAsync("1 user deleted.");
    }

    [Fact]
    public async Task Bar_OfAChangeWithAPasswordPage_AsksThereAndNotBefore()
    {
        await using var host = await PanelHost.StartAsync();
        await using var context = await chromium.OpenAsync();
        var page = await context.OpenAsAdminAsync(host, "/users");
        await page.GetByLabel("Select the-user").CheckAsync();
        await page.Locator("#b-role").SelectOptionAsync("viewer");
        await page.PressAsync("Set role");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("Change the role of 1 user to viewer?");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

        await page.Locator("#b-role").SelectOptionAsync("admin");
        await page.PressAsync("Set role");
        await page.SeesAsync("Change the role of 1 user to admin?");
        await page.GetByLabel("Your own password").FillAsync(PanelHost.Password);
        await page.PressAsync("Set role");
        await page.SeesAsync("Role of 1 user changed.");
        await Assertions.Expect(page.GetByLabel("Select the-user")).ToBeCheckedAsync();
    }

    [Theory]
    [InlineData(320)]
    [InlineData(820)]
    [InlineData(1440)]
    public async Task Bar_AtAnyWidth_StaysInViewAndScrollsNothingSideways(int width)
    {
        await using var host = await PanelHost.StartAsync();
        await host.FillAsync();
        for (var i = 0; i < 30; i++)
        {
            await host.AddUserAsync($"somebody-with-a-rather-long-name-{i:00}", Role.Viewer);
        }

        await using var context = await chromium.OpenAsync();
        var page = await context.OpenAsAdminAsync(host, "/users");
        await page.SetViewportSizeAsync(width, 800);
        await page.GetByLabel("Select somebody-with-a-rather-long-name-29").CheckAsync();
        await Assertions.Expect(page.Locator("#bulk")).ToBeInViewportAsync();
        var overhang = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overhang <= 0, $"{overhang} px too wide");
        Assert.Empty(await page.FaultsAsync());
    }
}
