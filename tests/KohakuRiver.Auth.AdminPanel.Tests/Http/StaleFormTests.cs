using System.Globalization;
using System.Net;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>A page that was open for long changes what its reader changed on it, and nothing that others did meanwhile.</summary>
public sealed class StaleFormTests : IAsyncLifetime
{
    private PanelHost host = null!;
    private PanelClient client = null!;

    public async ValueTask InitializeAsync()
    {
        host = await PanelHost.StartAsync();
        client = await host.LogInAsync(Role.Admin);
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return host.DisposeAsync();
    }

    [Fact]
    [Trait("Requirement", "R12")]
    public async Task User_SavedFromTwoOldPages_LosesNothing()
    {
        var (a, b, c) = (await GroupAsync("a"), await GroupAsync("b"), await GroupAsync("c"));
        var id = host.Users[Role.User].Id;
        await ChangeAsync(new UpdateUserCommand { Id = id, GroupIds = [a] });
        var (first, second) = (await OpenAsync($"/users/{id}", "/details"), await OpenAsync($"/users/{id}", "/details"));

        await SendAsync(first, form => form.Set("group_ids", Text(a), Text(b)));
        await ChangeAsync(new UpdateUserCommand { Id = id, AddGroupIds = [c] });
        await SendAsync(second, form => form.Set("display_name", "Another name"));
        Assert.Equal(("Another name", $"{a} {b} {c}"), await ReadAsync());

        // From what the second one still shows: a group less, and the name as it was there.
        await SendAsync(second, form => form.Set("group_ids"));
        Assert.Equal(("Another name", $"{b} {c}"), await ReadAsync());

        async Task ChangeAsync(UpdateUserCommand change) => (await host.Get<IUserService>().UpdateAsync(Actor.Host, change)).Require();

        async Task<(string Name, string Groups)> ReadAsync()
        {
            var user = (await host.Get<IUserService>().GetAsync(Actor.Host, id)).Require();
            return (user.User.DisplayName, string.Join(' ', user.Groups.Select(g => g.Id).Order()));
        }
    }

    [Fact]
    [Trait("Requirement", "R12")]
    public async Task User_InMoreGroupsThanThePageShows_KeepsThem()
    {
        var all = new List<long>();
        for (var i = 0; i < 520; i++)
        {
            all.Add(await GroupAsync($"group {i}"));
        }

        var id = host.Users[Role.User].Id;
        (await host.Get<IUserService>().UpdateAsync(Actor.Host, new UpdateUserCommand { Id = id, GroupIds = all })).Require();
        var form = await OpenAsync($"/users/{id}", "/details");
        await SendAsync(form, f => f.Set("display_name", "New name"));
        Assert.Equal(520, (await host.Get<IUserService>().GetAsync(Actor.Host, id)).Require().Groups.Count);
        await SendAsync(form, f => f.Set("group_ids", [.. f.Values("group_ids").Skip(1)]));
        Assert.Equal(519, (await host.Get<IUserService>().GetAsync(Actor.Host, id)).Require().Groups.Count);
    }

    [Fact]
    [Trait("Requirement", "R12")]
    public async Task User_TakenOutOfAGroupThatIsGone_IsNoFault()
    {
        var (a, b) = (await GroupAsync("a"), await GroupAsync("b"));
        var id = host.Users[Role.User].Id;
        (await host.Get<IUserService>().UpdateAsync(Actor.Host, new UpdateUserCommand { Id = id, GroupIds = [a, b] })).Require();
        var form = await OpenAsync($"/users/{id}", "/details");
        (await host.Get<IGroupService>().DeleteAsync(Actor.Host, a)).Require();
        await SendAsync(form, f => f.Set("group_ids"));
        Assert.Empty((await host.Get<IUserService>().GetAsync(Actor.Host, id)).Require().Groups);
    }

    [Fact]
    [Trait("Requirement", "R12")]
    public async Task Role_SavedUnchangedFromAnOldPage_StaysWhatItIs()
    {
        var id = host.Users[Role.User].Id;
        var form = await OpenAsync($"/users/{id}", "/details");
        (await host.Get<IUserService>().UpdateAsync(Actor.Host, new UpdateUserCommand { Id = id, Role = Role.Viewer })).Require();
        await SendAsync(form, _ => { });
        Assert.Equal(Role.Viewer, (await host.Get<IUserService>().GetAsync(Actor.Host, id)).Require().User.Role);
        Assert.Contains("There was nothing to change.", await client.ReadAsync($"/users/{id}"), StringComparison.Ordinal);
        await SendAsync(form, f => f.Set("role", "operator"));
        Assert.Equal(Role.Operator, (await host.Get<IUserService>().GetAsync(Actor.Host, id)).Require().User.Role);
    }

    [Fact]
    [Trait("Requirement", "R12")]
    public async Task Group_SavedFromAnOldPage_ChangesOnlyWhatWasChanged()
    {
        var limits = new Dictionary<string, long>(StringComparer.Ordinal) { ["max_tasks"] = 1, ["max_gpus"] = 2 };
        var command = new CreateGroupCommand { Name = "lab", Description = "line one\nline two", Tier = 3, Limits = limits };
        var group = (await host.Get<IGroupService>().CreateAsync(Actor.Host, command)).Require();
        var form = await OpenAsync($"/groups/{group.Id}", $"/groups/{group.Id}");
        var other = new UpdateGroupCommand
        {
            Id = group.Id,
            Description = "by another",
            Tier = 9,
            SetLimits = new Dictionary<string, long>(StringComparer.Ordinal) { ["max_gpus"] = 20, ["max_vps"] = 5 },
        };
        (await host.Get<IGroupService>().UpdateAsync(Actor.Host, other)).Require();

        await SendAsync(form, _ => { });
        await SendAsync(form, f => f.Set("name", "science"));
        await SendAsync(form, f => f.Set("limits", "max_gpus = 2\nmax_cores = 8"));

        var now = (await host.Get<IGroupService>().GetAsync(Actor.Host, group.Id)).Require();
        Assert.Equal(("science", "by another", 9), (now.Name, now.Description, now.Tier));
        Assert.Equal(
            "max_cores=8 max_gpus=20 max_vps=5",
            string.Join(' ', now.Limits.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}")));
    }

    [Fact]
    [Trait("Requirement", "R12")]
    public async Task Settings_SavedFromTwoOldPages_LoseNothing()
    {
        var (first, second) = (await OpenAsync("/settings", "/settings"), await OpenAsync("/settings", "/settings"));
        await SendAsync(first, f =>
        {
            f.Set("session_idle_hours", "3");
            f.Set("approval_required_roles", "user", "operator");
            f.Set("registration", "viewer");
        });
        await SendAsync(second, f =>
        {
            f.Set("invitation_lifetime_hours", "5");
            f.Set("approval_required_roles", "user", "admin");
        });
        await SendAsync(first, _ => { });

        var now = (await host.Get<ISettingsService>().GetAsync(Actor.Host)).Require();
        Assert.Equal(
            (3, 5, RegistrationMode.Viewer), (now.SessionIdleTimeout.TotalHours, now.InvitationLifetime.TotalHours, now.Registration));
        Assert.Equal([Role.User, Role.Operator, Role.Admin], now.ApprovalRequiredRoles.Order());
    }

    [Fact]
    [Trait("Requirement", "R12")]
    public async Task OwnName_SavedUnchangedFromAnOldPage_StaysWhatItIs()
    {
        var form = await OpenAsync("/account", "/account/name");
        (await host.Get<IAccountService>().UpdateAsync(host.ActorOf(Role.Admin), new() { DisplayName = "Newer name" })).Require();
        await SendAsync(form, _ => { });
        Assert.Equal(
            "Newer name", (await host.Get<IUserService>().GetAsync(Actor.Host, host.Users[Role.Admin].Id)).Require().User.DisplayName);
    }

    [Fact]
    [Trait("Requirement", "R12")]
    public async Task Form_RefusedAndShownAgain_StillKnowsWhatItWasLoadedWith()
    {
        var (a, b) = (await GroupAsync("a"), await GroupAsync("b"));
        var id = host.Users[Role.User].Id;
        var form = await OpenAsync($"/users/{id}", "/details");
        (await host.Get<IUserService>().UpdateAsync(Actor.Host, new UpdateUserCommand { Id = id, AddGroupIds = [b] })).Require();
        form.Set("display_name", "");
        form.Set("group_ids", Text(a));
        using var refused = await client.PostWithAsync(form.Token, form.Action, form.Fields);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var again = PageForm.Read(await refused.Content.ReadAsStringAsync(), "/details", host.Home);
        await SendAsync(again, f => f.Set("display_name", "Right now"));
        Assert.Equal([a, b], (await host.Get<IUserService>().GetAsync(Actor.Host, id)).Require().Groups.Select(g => g.Id).Order());
    }

    private async Task<long> GroupAsync(string name) =>
        (await host.Get<IGroupService>().CreateAsync(Actor.Host, new CreateGroupCommand { Name = name })).Require().Id;

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private async Task<PageForm> OpenAsync(string page, string action) => PageForm.Read(await client.ReadAsync(page), action, host.Home);

    private async Task SendAsync(PageForm form, Action<PageForm> fill)
    {
        var copy = form.Copy();
        fill(copy);
        using var answer = await client.PostWithAsync(copy.Token, copy.Action, copy.Fields);
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, await answer.Content.ReadAsStringAsync());
    }
}
