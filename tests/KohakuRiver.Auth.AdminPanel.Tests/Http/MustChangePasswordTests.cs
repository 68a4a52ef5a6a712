using System.Net;
using KohakuRiver.Auth.AdminPanel.Tests.HostPages;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>Somebody who has to change the password first, in the panel: where every page leads, and on from there.</summary>
public sealed class MustChangePasswordTests : IAsyncLifetime
{
    private const string Name = "grace";
    private const string Chosen = "chosen by nobody but me";

    private PanelHost host = null!;

    public async ValueTask InitializeAsync() => host = await PanelHost.StartAsync(
        services: s =>
        {
            s.AddRazorComponents();
            s.AddAntiforgery();
        },
        map: app =>
        {
            app.UseAntiforgery();
            app.MapRazorComponents<HostApp>();
        });

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Login_WithAPasswordThatMustBeChanged_LeadsToTheChangeAndOn()
    {
        await AddAsync(Role.Operator);
        using var client = new PanelClient(host);
        using var login = await client.PostAsync(
            "/login", ("username", Name), ("password", PanelHost.Password), ("return", "/admin/users?role=user"));
        Assert.Equal(
            (HttpStatusCode.SeeOther, "/admin/change-password?return=%2Fadmin%2Fusers%3Frole%3Duser"),
            (login.StatusCode, login.Headers.Location!.OriginalString));

        var html = await client.Http.GetStringAsync(login.Headers.Location);
        Assert.Contains("Choose your own password", html, StringComparison.Ordinal);
        Assert.Contains($"readonly value=\"{Name}\" autocomplete=\"username\"", html, StringComparison.Ordinal);
        Assert.Contains("action=\"/admin/logout\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<nav", html, StringComparison.Ordinal);
        Assert.DoesNotContain("anony", html, StringComparison.Ordinal);

        using var same = await SendAsync(client, html, PanelHost.Password, PanelHost.Password);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, same.StatusCode);
        var again = await same.Content.ReadAsStringAsync();
        Assert.Contains("must differ from the current one", again, StringComparison.Ordinal);
        Assert.Contains("value=\"/admin/users?role=user\"", again, StringComparison.Ordinal);

        using var changed = await SendAsync(client, again, PanelHost.Password, Chosen);
        Assert.Equal(
            (HttpStatusCode.SeeOther, "/admin/users?role=user"), (changed.StatusCode, changed.Headers.Location!.OriginalString));
        Assert.Contains("Password changed.", await client.ReadAsync("/users?role=user"), StringComparison.Ordinal);
        using var over = await client.GetAsync("/change-password");
        Assert.Equal("/admin", over.Headers.Location!.OriginalString);
    }

    [Fact]
    [Trait("Requirement", "V8.2.1")]
    public async Task EveryPageAndForm_LeadsToTheChange()
    {
        await host.FillAsync();
        await AddAsync(Role.Admin);
        using var client = new PanelClient(host);
        await client.LogInAsync(Name, PanelHost.Password);

        foreach (var (_, path, _) in PanelPages.All.Where(p => p.Role != Role.Anony))
        {
            using var answer = await client.GetAsync(path);
            Assert.True(
                answer.Headers.Location?.OriginalString.StartsWith("/admin/change-password", StringComparison.Ordinal) == true,
                $"{path}: {answer.StatusCode} {answer.Headers.Location}");
        }

        var token = await client.TokenAsync("/change-password");
        using var named = await client.PostWithAsync(token, "/account/name", ("display_name", "x"), ("was_display_name", ""));
        Assert.Equal((HttpStatusCode.SeeOther, "/admin/change-password"), (named.StatusCode, named.Headers.Location!.OriginalString));
        using var left = await client.PostWithAsync(token, "/logout");
        Assert.Equal("/admin/login", left.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task PageOfTheHostsOwn_InABrowser_LeadsToTheChangeAndBack()
    {
        await AddAsync(Role.Viewer);
        using var client = new PanelClient(host);
        await client.LogInAsync(Name, PanelHost.Password);
        var page = new Uri("/private?x=1", UriKind.Relative);

        using var program = await client.Http.GetAsync(page);
        Assert.Equal(HttpStatusCode.Forbidden, program.StatusCode);
        Assert.Contains("password_change_required", await program.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        client.Http.DefaultRequestHeaders.Add("Accept", "text/html,application/xhtml+xml");
        using var led = await client.Http.GetAsync(page);
        Assert.Equal(
            (HttpStatusCode.Found, "/admin/change-password?return=%2Fprivate%3Fx%3D1"),
            (led.StatusCode, led.Headers.Location!.OriginalString));
        using var changed = await SendAsync(
            client, await client.Http.GetStringAsync(led.Headers.Location), PanelHost.Password, Chosen);
        Assert.Equal(page, changed.Headers.Location);
        Assert.Contains("may view tasks", await client.Http.GetStringAsync(page), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task Return_ToAnotherSite_LeadsToTheFirstPage(string wanted)
    {
        await AddAsync(Role.Viewer);
        using var client = new PanelClient(host);
        await client.LogInAsync(Name, PanelHost.Password);
        var html = await client.ReadAsync("/change-password?return=" + Uri.EscapeDataString(wanted));
        Assert.DoesNotContain($"value=\"{wanted}\"", html, StringComparison.Ordinal);

        using var changed = await client.PostWithAsync(
            PanelClient.TokenOf(html), "/change-password",
            ("current_password", PanelHost.Password), ("new_password", Chosen), ("return", wanted));
        Assert.Equal("/admin", changed.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Admin_RequiresAndLifts_AndSeesIt()
    {
        var user = await host.AddUserAsync(Name, Role.User);
        using var client = new PanelClient(host);
        await client.LogInAsync(Name, PanelHost.Password);
        using var admin = await host.LogInAsync(Role.Admin);
        Assert.DoesNotContain("must change password", await admin.ReadAsync("/users"), StringComparison.Ordinal);

        using var required = await admin.PostAsync($"/users/{user.Id}/must-change", ("required", "true"));
        Assert.Equal(HttpStatusCode.SeeOther, required.StatusCode);
        Assert.Contains("must change password", await admin.ReadAsync("/users"), StringComparison.Ordinal);
        Assert.Contains("No longer require a new password", await admin.ReadAsync($"/users/{user.Id}"), StringComparison.Ordinal);
        using var op = await host.LogInAsync(Role.Operator);
        Assert.DoesNotContain("must change password", await op.ReadAsync("/users"), StringComparison.Ordinal);
        using var led = await client.GetAsync("/tokens");
        Assert.Equal("/admin/change-password?return=%2Fadmin%2Ftokens", led.Headers.Location!.OriginalString);

        using var lifted = await admin.PostAsync($"/users/{user.Id}/must-change", ("required", "false"));
        Assert.Equal(HttpStatusCode.SeeOther, lifted.StatusCode);
        await client.ReadAsync("/tokens");

        using var set = await admin.PostAsync($"/users/{user.Id}/password", ("new_password", Chosen), ("must_change", "true"));
        Assert.Equal(HttpStatusCode.SeeOther, set.StatusCode);
        Assert.True((await host.Get<IUserService>().GetAsync(Actor.Host, user.Id)).Require().User.MustChangePassword);
    }

    [Theory]
    [InlineData("typed", "true", true)]
    [InlineData("typed", "", false)]
    [InlineData("generated", "true", true)]
    [InlineData("link", "true", false)]
    public async Task NewUser_ByWhateverWay_MustChangeWhatOthersKnow(string way, string mustChange, bool expected)
    {
        using var admin = await host.LogInAsync(Role.Admin);
        Assert.Contains("name=\"must_change\" value=\"true\" checked", await admin.ReadAsync("/users/new"), StringComparison.Ordinal);
        using var made = await admin.PostAsync(
            "/users/new", ("username", Name), ("display_name", ""), ("first_password", way),
            ("password", way == "typed" ? PanelHost.Password : ""), ("must_change", mustChange), ("role", "user"));
        Assert.True(made.IsSuccessStatusCode || made.StatusCode == HttpStatusCode.SeeOther, $"{made.StatusCode}");
        Assert.Equal(
            expected, (await host.Get<IUserService>().FindByNameAsync(Actor.Host, Name)).Require().User.MustChangePassword);
    }

    private async Task AddAsync(Role role)
    {
        var user = await host.AddUserAsync(Name, role);
        (await host.Get<IUserService>().UpdateAsync(
            Actor.Host, new UpdateUserCommand { Id = user.Id, MustChangePassword = true })).Require();
    }

    private static Task<HttpResponseMessage> SendAsync(PanelClient client, string html, string current, string next)
    {
        var form = PageForm.Read(html, "/change-password", "/admin");
        form.Set("current_password", current);
        form.Set("new_password", next);
        return client.PostWithAsync(form.Token, form.Action, form.Fields);
    }
}
