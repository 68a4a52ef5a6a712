using System.Net;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>A user of the role <c>anony</c> in the panel: logs in, is told so, logs out; and how an admin gives the role.</summary>
public sealed class WithoutPermissionTests : IAsyncLifetime
{
    private const string Name = "mallory";

    private PanelHost host = null!;

    public async ValueTask InitializeAsync() => host = await PanelHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task FirstPage_AfterLoggingIn_SaysThatThereAreNoPermissions()
    {
        await host.AddUserAsync(Name, Role.Anony);
        using var client = new PanelClient(host);

        await client.LogInAsync(Name, PanelHost.Password);

        var html = await client.ReadAsync("");
        Assert.Contains("<h1>No permissions</h1>", html, StringComparison.Ordinal);
        Assert.Contains(Refusals.NoPermission.Message, html, StringComparison.Ordinal);
        Assert.Contains(Name, html, StringComparison.Ordinal);
        Assert.Contains("action=\"/admin/logout\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/admin/account\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/admin/tokens\"", html, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "V8.2.1")]
    public async Task EveryOtherPage_IsRefusedWithTheReason()
    {
        await host.FillAsync();
        await host.AddUserAsync(Name, Role.Anony);
        using var client = new PanelClient(host);
        await client.LogInAsync(Name, PanelHost.Password);

        foreach (var (_, path, minimum) in PanelPages.All.Where(p => p.Role != Role.Anony && p.Path.Length > 0))
        {
            using var answer = await client.GetAsync(path);
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{path} ({minimum}): {answer.StatusCode}");
            Assert.Contains(Refusals.NoPermission.Message, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var named = await client.PostAsync("/account/name", ("display_name", "somebody else"));
        Assert.Equal(HttpStatusCode.Forbidden, named.StatusCode);
    }

    [Fact]
    public async Task LogOut_WithoutPermission_EndsTheSession()
    {
        await host.AddUserAsync(Name, Role.Anony);
        using var client = new PanelClient(host);
        await client.LogInAsync(Name, PanelHost.Password);

        using var answer = await client.PostAsync("/logout");

        Assert.Equal((HttpStatusCode.SeeOther, "/admin/login"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        using var after = await client.GetAsync("");
        Assert.Equal(HttpStatusCode.Found, after.StatusCode);
    }

    [Fact]
    public async Task Admin_GivesAndTakesTheRole_AndItIsInForceAtOnce()
    {
        var user = await host.AddUserAsync(Name, Role.Operator);
        using var client = new PanelClient(host);
        await client.LogInAsync(Name, PanelHost.Password);
        using var admin = await host.LogInAsync(Role.Admin);

        using var taken = await admin.PostAsync($"/users/{user.Id}/details", ("role", "anony"));
        Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);
        using var refused = await client.GetAsync("/users");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("value=\"anony\" selected", await admin.ReadAsync("/users?role=anony"), StringComparison.Ordinal);
        Assert.Contains(Name, await admin.ReadAsync("/users?role=anony"), StringComparison.Ordinal);
        Assert.Contains("anony 1", await admin.ReadAsync(""), StringComparison.Ordinal);

        using var given = await admin.PostAsync($"/users/{user.Id}/details", ("role", "operator"));
        Assert.Equal(HttpStatusCode.SeeOther, given.StatusCode);
        using var seen = await client.GetAsync("/users");
        Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
    }

    [Fact]
    public async Task RoleAnony_IsOfferedForUsersAndNotForInvitations()
    {
        using var admin = await host.LogInAsync(Role.Admin);

        foreach (var (path, isOffered) in new[] { ("/users/new", true), ("/users/2", true), ("/invitations/new", false) })
        {
            Assert.Equal(isOffered, (await admin.ReadAsync(path)).Contains("value=\"anony\"", StringComparison.Ordinal));
        }

        // Nobody has the role, and so the chart does not speak of it.
        Assert.DoesNotContain("anony", await admin.ReadAsync(""), StringComparison.Ordinal);
    }
}
