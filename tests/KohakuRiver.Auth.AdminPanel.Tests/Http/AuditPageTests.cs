using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

public sealed class AuditPageTests
{
    public static TheoryData<string> Actions =>
        [.. typeof(AuditActions).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetValue(null)!)];

    [Theory]
    [MemberData(nameof(Actions))]
    public void Action_OfTheLibrary_HasWordsOfItsOwn(string action)
    {
        var words = AuditWords.Of(action);
        Assert.NotNull(words);
        Assert.DoesNotContain('.', words);
        Assert.Equal(action, Assert.Single(AuditWords.All, w => w.Value == words).Key);
    }

    [Fact]
    public async Task Entries_OfThePage_SpeakInWordsAndLinkToWhatIsThere()
    {
        await using var host = await PanelHost.StartAsync();
        await host.FillAsync();
        using var client = await host.LogInAsync(Role.Admin);
        var gone = await host.AddUserAsync("gone", Role.User);
        (await host.Get<IUserService>().DeleteAsync(host.ActorOf(Role.Admin), gone.Id)).Require();
        var admin = host.Users[Role.Admin].Id;

        var created = await client.ReadAsync("/audit?action=user.delete");
        Assert.Contains("User deleted", created, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"/admin/users/{admin}\">the-admin</a>", created, StringComparison.Ordinal);
        Assert.DoesNotContain($"/admin/users/{gone.Id}\"", created, StringComparison.Ordinal);
        Assert.Contains(">gone", created, StringComparison.Ordinal);

        Assert.Contains("href=\"/admin/tasks/000001\"", await client.ReadAsync("/audit?action=task.submit"), StringComparison.Ordinal);
        Assert.Contains("href=\"/admin/vps/vps-1\"", await client.ReadAsync("/audit?action=vps.assign"), StringComparison.Ordinal);
        Assert.Contains("href=\"/admin/groups/1\"", await client.ReadAsync("/audit?action=group.create"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entry_MadeWithAToken_NamesIt()
    {
        await using var host = await PanelHost.StartAsync();
        var owner = host.Users[Role.Admin];
        var token = (await host.Get<ITokenService>().CreateAsync(
            host.ActorOf(Role.Admin), new CreateTokenCommand { Name = "nightly build" })).Require();
        var actor = Testing.TestActors.Of(owner) with { Kind = ActorKind.Token, CredentialId = token.Token.Id };
        (await host.Get<IGroupService>().CreateAsync(actor, new CreateGroupCommand { Name = "Lab" })).Require();
        using var client = await host.LogInAsync(Role.Admin);
        Assert.Contains("token nightly build", await client.ReadAsync("/audit?action=group.create"), StringComparison.Ordinal);

        (await host.Get<ITokenService>().RevokeAsync(Actor.Host, token.Token.Id)).Require();
        Assert.Contains(
            $"token {token.Token.Id} (no longer there)", await client.ReadAsync("/audit?action=group.create"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entry_Opened_ShowsAllThatItHolds()
    {
        await using var host = await PanelHost.StartAsync();
        await host.Get<IAuditService>().RecordAsync(host.ActorOf(Role.Admin), "host.event", "thing", "t-7");
        using var client = await host.LogInAsync(Role.Admin);
        var entry = (await host.Get<IAuditService>().ListAsync(Actor.Host, new AuditQuery { Action = "host.event" })).Require().Items[0];
        var html = WebUtility.HtmlDecode(await client.ReadAsync("/audit?action=host.event"));
        Assert.Contains("<code>host.event</code>", html, StringComparison.Ordinal);
        Assert.Contains(entry.OperationId.ToString(), html, StringComparison.Ordinal);
        Assert.Contains(entry.At.UtcDateTime.ToString("HH:mm:ss.ffffff", null), html, StringComparison.Ordinal);
        Assert.Contains("t-7", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Detail_ThatNumbersUsersAndGroups_NamesThem()
    {
        await using var host = await PanelHost.StartAsync();
        await host.FillAsync();
        var member = host.Users[Role.User].Id;
        using var client = await host.LogInAsync(Role.Admin);
        var link = $"<a href=\"/admin/users/{member}\">the-user</a>";

        var added = await client.ReadAsync("/audit?action=group.member.add");
        Assert.Contains("user " + link, added, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/admin/groups/1\">Research</a>", added, StringComparison.Ordinal);

        var assigned = await client.ReadAsync("/audit?action=vps.assign");
        Assert.Contains($", {link}], groups [<a href=\"/admin/groups/1\">Research</a>]", assigned, StringComparison.Ordinal);

        // The whole entry keeps what was written down.
        Assert.Contains($"<dd>user {member}</dd>", added, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Detail_WithAnInstant_ShowsItInTheReadersZone()
    {
        await using var host = await PanelHost.StartAsync();
        await host.FillAsync();
        using var client = await host.LogInAsync(Role.Admin);
        Assert.Matches("<div>expires <time datetime=\"[^\"]+Z\"", await client.ReadAsync("/audit?action=token.create"));
        Assert.Matches("uses 3, expires <time [^>]+>[^<]+</time>, group <a ", await client.ReadAsync("/audit?action=invitation.create"));
    }

    [Theory]
    [InlineData(AuditActions.TaskReject, "submitted by ann; reason: ask user 1, or group 1, until 2026-11-30T09:07:54Z", 1)]
    [InlineData(AuditActions.GroupMemberAdd, "user 12", 2)]
    [InlineData(AuditActions.VpsAssign, "users [1, 22], groups [3]", 7)]
    [InlineData(AuditActions.VpsAssign, "users [], groups []", 1)]
    [InlineData(AuditActions.VpsAssign, "users [99999999999999999999], groups []", 3)]
    [InlineData(AuditActions.TokenCreate, "expires 9999-99-99T99:99:99Z", 2)]
    [InlineData(AuditActions.TokenCreate, null, 0)]
    public void Detail_InPieces_IsWhatWasWrittenDown(string action, string? detail, int pieces)
    {
        var entry = new AuditEntry { At = default, Actor = "x", Action = action, Detail = detail, OperationId = default };
        var all = AuditDetail.Of(entry).ToList();
        Assert.Equal(detail ?? "", string.Concat(all.Select(p => p.Text)));
        Assert.Equal(pieces, all.Count);
    }

    /// <summary>Names that nobody has, and ways to come in, are for programs; a page says them in words.</summary>
    [Fact]
    public async Task Pages_ThatShowWhoActed_NameNobodyByACode()
    {
        await using var host = await PanelHost.StartAsync();
        await host.FillAsync();
        host.Cluster.Instances[0] = host.Cluster.Instances[0] with { Owner = Actor.SystemName };
        var master = Actor.Host with { Kind = ActorKind.MasterSecret };
        var made = new CreateInvitationCommand { Role = Role.Viewer, MaxUses = 1, ExpiresHours = 1 };
        (await host.Get<IInvitationService>().CreateAsync(master, made)).Require();
        var task = await host.SubmitAsync(Role.User, "date");
        (await host.Get<IApprovalService>().RejectAsync(master, task, "no")).Require();
        var user = host.Users[Role.User].Id;
        (await host.Get<IUserCredentialService>().CreateResetCodeAsync(Actor.Host, user)).Require();
        using var admin = await host.LogInAsync(Role.Admin);
        foreach (var path in PanelPages.All.Where(p => p.Role != Role.Anony).Select(p => p.Path)
            .Concat([$"/users/{user}", $"/tasks/{task}", "/approvals/history?status=rejected", "/search?q=date"]))
        {
            Check(path, await admin.ReadAsync(path));
        }

        using var own = await host.LogInAsync(Role.User);
        foreach (var path in (string[])["", "/account", "/account/vps", $"/tasks/{task}"])
        {
            Check("the user's " + path, await own.ReadAsync(path));
        }

        Assert.Contains("the system", await own.ReadAsync("/account"), StringComparison.Ordinal);
        Assert.Contains("by the system", await admin.ReadAsync($"/tasks/{task}"), StringComparison.Ordinal);
        Assert.Contains("someone not logged in", await admin.ReadAsync("/audit"), StringComparison.Ordinal);

        // The whole entry, once it is opened, and what one looks for by it hold it as it is.
        static void Check(string path, string html)
        {
            var shown = Regex.Replace(
                html, "<dl class=\"details\">.*?</dl>|<datalist.*?</datalist>", "", RegexOptions.Singleline, TimeSpan.FromSeconds(1));
            var found = Regex.Match(
                shown, "[^<>]*(?:_system|_anonymous|master_secret|session:?\\s*\\d)[^<>]*", default, TimeSpan.FromSeconds(1));
            Assert.False(found.Success, $"{path}: {found.Value}");
        }
    }
}
