using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using KohakuRiver.Tests.Browser;
using Microsoft.Playwright;

namespace KohakuRiver.Auth.AdminPanel.Tests.Browser;

/// <summary>The product from the setup link to the audit log, by clicking.</summary>
[Collection("browser")]
public sealed class WalkTests(Chromium chromium)
{
    [Fact]
    public async Task Walk_FromSetupToAudit_WorksByClicking()
    {
        await using var host = await PanelHost.StartAsync(withUsers: false);
        await using var adminContext = await chromium.OpenAsync();
        var admin = await adminContext.NewPageAsync();

        // The first admin.
        await admin.GotoAsync(host.SetupLink!);
        await admin.GetByLabel("Username").FillAsync("ada");
        await admin.GetByLabel("Password", new() { Exact = true }).FillAsync("short");
        await admin.PressAsync("Create admin");
        await Assertions.Expect(admin.GetByLabel("Password", new() { Exact = true })).ToBeFocusedAsync();
        await admin.GetByLabel("Password", new() { Exact = true }).FillAsync(PanelHost.Password);
        await admin.PressAsync("Create admin");
        await admin.SeesAsync("Welcome!");

        // A group and an invitation into it.
        await admin.FollowAsync("Groups");
        await admin.GetByLabel("Name", new() { Exact = true }).FillAsync("Lab");
        await admin.GetByLabel("Limits").FillAsync("max_tasks = 5");
        await admin.PressAsync("Create group");
        await admin.SeesAsync("Group created.");
        await admin.FollowAsync("Invitations");
        await admin.FollowAsync("New invitation");
        await admin.GetByLabel("Group").SelectOptionAsync(new SelectOptionValue { Label = "Lab" });
        await admin.PressAsync("Create invitation");
        var link = await admin.GetByLabel("Link", new() { Exact = true }).InputValueAsync();
        await Assertions.Expect(admin.Locator("svg.qr")).ToBeVisibleAsync();
        var response = await admin.ReloadAsync();
        Assert.Equal(409, response!.Status);

        // Somebody registers with it and submits a task, which waits.
        await using var userContext = await chromium.OpenAsync();
        var user = await userContext.NewPageAsync();
        await user.GotoAsync(link);
        await user.SeesAsync("a member of Lab");
        await user.GetByLabel("Username").FillAsync("grace");
        await user.GetByLabel("Password", new() { Exact = true }).FillAsync(PanelHost.Password);
        await user.PressAsync("Create account");
        await user.SeesAsync("Welcome!");
        await user.FollowAsync("Tasks");
        await user.FollowAsync("Submit a task");
        await user.SeesAsync("It will wait until an operator approves it.");
        await user.GetByLabel("Command").FillAsync("forbidden");
        await user.PressAsync("Submit");
        await user.SeesAsync("This host does not run that.");
        await user.GetByLabel("Command").FillAsync("echo");
        await user.GetByLabel("Arguments").FillAsync("hello world\nsecond");

        // The badge appears at the admin's by itself, and the row can be decided.
        await admin.OpenAsync(host, "/approvals");
        await user.PressAsync("Submit");
        await user.SeesAsync("It is waiting for approval.");
        await Assertions.Expect(admin.Locator("[data-pending]"))
            .ToHaveTextAsync("1 waiting", new() { Timeout = 30_000, UseInnerText = false });
        await Assertions.Expect(admin)
            .ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^\\(1\\) ", default, TimeSpan.FromSeconds(1)));
        await admin.FollowAsync("Show the current queue");
        await admin.SeesAsync("hello world");
        await admin.DecideAsync(admin.Locator("button[value=approve]").First);
        await admin.SeesAsync("Approved: echo ");
        await admin.FollowAsync("History");
        await admin.SeesAsync("ada");
        await user.ReloadAsync();
        await user.SeesAsync("running");

        // A rejection with a reason.
        await user.OpenAsync(host, "/tasks/~new");
        await user.GetByLabel("Command").FillAsync("sleep");
        await user.PressAsync("Submit");
        await admin.OpenAsync(host, "/approvals");
        await admin.GetByText("Reject…").First.ClickAsync();
        await admin.GetByLabel("Reason (optional)", new() { Exact = true }).FillAsync("Not today");
        await admin.DecideAsync(admin.GetByRole(AriaRole.Button, new() { Name = "Reject task", Exact = true }));
        await admin.SeesAsync("Rejected: sleep (task ");
        await user.OpenAsync(host, "");
        await user.SeesAsync("Not today");

        // A token, shown once; then the user is disabled and the session is over.
        await user.FollowAsync("Tokens");
        await user.GetByLabel("Name").FillAsync("laptop");
        await user.PressAsync("Create token");
        Assert.StartsWith("krt_", await user.GetByLabel("Token", new() { Exact = true }).InputValueAsync(), StringComparison.Ordinal);
        await admin.FollowAsync("Users");
        await admin.FollowAsync("grace");
        await admin.GetByLabel("Role").First.SelectOptionAsync("operator");
        await admin.PressAsync("Save name, role and groups");
        await admin.SeesAsync("Changes saved. The new role takes effect");
        await user.OpenAsync(host, "/approvals");
        await user.SeesAsync("No tasks are waiting for approval.");
        await admin.PressAsync("Disable account");
        await Assertions.Expect(admin.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await admin.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Disable account" }).ClickAsync();
        await admin.SeesAsync("Account disabled");
        await user.ReloadAsync();
        await user.SeesAsync("Log in");

        // Deleting asks for one's own password, and the audit log tells all of it.
        await admin.FollowAsync("Delete user…");
        await admin.SeesAsync("1 token");
        await admin.GetByLabel("Your own password").FillAsync(PanelHost.Password);
        await admin.PressAsync("Delete grace");
        await admin.SeesAsync("User deleted.");
        await admin.FollowAsync("Audit");
        await admin.SeesAsync("user.delete");
        await admin.FollowAsync("Overview");
        await admin.SeesAsync("Users by role");
        await admin.PressAsync("Log out");
        await admin.SeesAsync("You are logged out.");
    }

    [Fact]
    public async Task Panel_WithoutScript_DoesTheSame()
    {
        await using var host = await PanelHost.StartAsync();
        await host.SubmitAsync(Role.User, "echo", "hello");
        await using var context = await chromium.OpenAsync(new() { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.LogInAsync(host, "the-admin");
        await Assertions.Expect(page.Locator("[data-pending]")).ToHaveTextAsync("1 waiting");
        await page.FollowAsync("Approvals");
        await page.DecideAsync(page.Locator("button[value=approve]").First);
        await page.SeesAsync("Approved: echo ");
        await page.FollowAsync("Users");
        await page.FollowAsync("the-viewer");
        await page.PressAsync("Disable account");
        await page.SeesAsync("Account disabled");
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new() { Name = "Colours" }).CountAsync());
        await page.OpenAsync(host, "/account");
        await page.PressAsync("Light");
        Assert.Equal("light", await page.Locator("html").GetAttributeAsync("data-theme"));
        await page.PressAsync("Dark");
        Assert.Equal("dark", await page.Locator("html").GetAttributeAsync("data-theme"));
        await page.SeesAsync("Change your password");
        await page.PressAsync("System");
        Assert.Null(await page.Locator("html").GetAttributeAsync("data-theme"));
    }

    [Fact]
    public async Task Keyboard_Alone_ReachesTheContentAndTheForms()
    {
        await using var host = await PanelHost.StartAsync();
        await using var context = await chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.LogInAsync(host, "the-admin");
        await page.SeesAsync("Overview");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator(".skip")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main")).ToBeFocusedAsync();
        await page.OpenAsync(host, "/users/new");
        await Assertions.Expect(page.GetByLabel("Username")).ToBeFocusedAsync();
        await page.GetByLabel("How they get a password").SelectOptionAsync("typed");
        await page.PressAsync("Generate one");
        Assert.Equal(27, (await page.GetByLabel("Password", new() { Exact = true }).InputValueAsync()).Length);
        await page.Keyboard.PressAsync("Escape");
    }
}
