using System.Net;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>Whoever decides sees what will happen: no page shows a character that cannot be seen, or that turns others, as it is.</summary>
public sealed class UnseenTests
{
    [Fact]
    [Trait("Requirement", "R10")]
    public async Task Pages_WithUnseenCharactersInEveryField_ShowMarksInstead()
    {
        await using var host = await PanelHost.StartAsync();
        var made = await host.FillWithUnseenAsync();
        using var client = await host.LogInAsync(Role.Admin);
        var pages = PanelPages.All.Where(p => p.Role != Role.Anony).Select(p => p.Path)
            .Concat([
                "/approvals/history?status=rejected", $"/tasks/{made.Waiting}", $"/tasks/{made.Decided}", $"/users/{made.User}",
                $"/users/{made.User}/delete", $"/groups/{made.Group}?search=t", $"/groups/{made.Group}/delete", "/vps/vps-1?search=t",
                "/audit?target=" + Uri.EscapeDataString(Unseen.All)]);
        var marked = 0;
        foreach (var path in pages)
        {
            marked += Check(path, await client.ReadAsync(path));
        }

        using var user = await host.LogInAsync(Role.User);
        foreach (var path in (string[])["", "/account", "/account/vps", "/tokens", "/tasks", $"/tasks/{made.Waiting}"])
        {
            marked += Check(path, await user.ReadAsync(path));
        }

        using var op = await host.LogInAsync(Role.Operator);
        marked += Check("group of an operator", await op.ReadAsync($"/groups/{made.Group}"));

        // What only forms lead to.
        foreach (var (path, fields) in ((string, (string, string)[])[])
        [
            ($"/users/{made.User}/reset-link", []),
            (
                "/invitations/new",
                [("role", "viewer"), ("group_id", $"{made.Group}"), ("max_usage", "1"), ("expires_hours", "1")]),
            (
                "/groups",
                [
                    ("name", Unseen.All), ("description", Unseen.All), ("tier", Unseen.All),
                    ("limits", $"{Unseen.All} = 1\n{Unseen.All} = 2"),
                ]),
            ("/tokens", [("name", Unseen.All), ("expiry", "7"), ("expires_on", "")]),
            (
                "/tasks/~new",
                [
                    ("command", "forbidden"), ("arguments", Unseen.All), ("required_cores", ""), ("memory_mib", ""),
                    ("required_gpus", Unseen.All), ("target", Unseen.All),
                ]),
            ($"/users/{made.User}/details", [("display_name", Unseen.All), ("was_display_name", ""), ("was_group_ids", "")]),
        ])
        {
            using var answer = await client.PostAsync(path, fields);
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity, $"{path}: {answer.StatusCode}");
            marked += Check("POST " + path, await answer.Content.ReadAsStringAsync());
        }

        var invitation = (await host.Get<IInvitationService>().CreateAsync(
            Actor.Host, new CreateInvitationCommand { Role = Role.User, GroupId = made.Group, MaxUses = 1, ExpiresHours = 24 })).Require();
        using var stranger = new PanelClient(host);
        marked += Check("register", await stranger.ReadAsync("/register?token=" + invitation.Secret.Reveal()));
        Assert.True(marked >= 30, $"Only {marked} pages show a mark: the characters were not there to be marked.");

        static int Check(string path, string html)
        {
            var seen = Unseen.In(html);
            Assert.True(seen.Count == 0, $"{path} shows {string.Join(' ', seen)}");
            return html.Contains("class=\"mark\"", StringComparison.Ordinal) ? 1 : 0;
        }
    }

    [Fact]
    [Trait("Requirement", "R10")]
    public async Task Approvals_WithUnseenCharacters_AreTaggedAndQuoted()
    {
        await using var host = await PanelHost.StartAsync();
        var bad = await host.SubmitAsync(Role.User, "push", "\u202Eeurt=nur-yrd--", "", "  ", "two\nlines");
        await host.SubmitAsync(Role.User, "echo", "plain");
        using var client = await host.LogInAsync(Role.Operator);
        foreach (var path in (string[])["/approvals", "/approvals/history"])
        {
            var html = WebUtility.HtmlDecode(await client.ReadAsync(path));
            Assert.Single(
                System.Text.RegularExpressions.Regex.Matches(html, "contains invisible characters", default, TimeSpan.FromSeconds(1)));
            Assert.Contains(">\u27E8U+202E\u27E9</span>eurt=nur-yrd--</bdi>", html, StringComparison.Ordinal);
            Assert.Contains(
                "<span class=\"arg\"><span class=\"quote\">'</span><span class=\"quote\">'</span></span>", html, StringComparison.Ordinal);
            Assert.Contains(
                "<span class=\"arg\"><span class=\"quote\">'</span>  <span class=\"quote\">'</span></span>",
                html,
                StringComparison.Ordinal);
            Assert.Contains(
                "two<span class=\"mark\" title=\"A line break\">\u27E8U+000A\u27E9</span>\nlines", html, StringComparison.Ordinal);
            Assert.Contains("<span class=\"arg\">plain</span>", html, StringComparison.Ordinal);
        }

        Assert.Contains("contains invisible characters", await client.ReadAsync($"/tasks/{bad}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Field_ThatHoldsUnseenCharacters_KeepsThemAndSaysSo()
    {
        await using var host = await PanelHost.StartAsync();
        var made = await host.FillWithUnseenAsync();
        using var client = await host.LogInAsync(Role.Admin);
        var html = await client.ReadAsync($"/groups/{made.Group}");
        Assert.Contains("With invisible characters: ", html, StringComparison.Ordinal);
        Assert.Contains("value=\"g" + Unseen.All, WebUtility.HtmlDecode(html), StringComparison.Ordinal);
    }
}
