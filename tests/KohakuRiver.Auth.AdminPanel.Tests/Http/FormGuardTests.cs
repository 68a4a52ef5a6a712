using System.Net;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using Microsoft.AspNetCore.Authorization;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>
/// Every form target of the panel, found by looking at what is mapped: nothing passes without origin, token and exact fields.
/// </summary>
public sealed class FormGuardTests(FilledHost filled) : IClassFixture<FilledHost>
{
    private readonly PanelHost host = filled.Host;

    private List<(string Path, FormRules Rules, bool IsPublic)> Targets()
    {
        var targets = host.Endpoints.Where(e => e.Metadata.GetMetadata<FormRules>() is not null).Select(e => (
            Fill(e.Metadata.GetRequiredMetadata<PanelRoute>().Pattern),
            e.Metadata.GetRequiredMetadata<FormRules>(),
            e.Metadata.GetMetadata<IAllowAnonymous>() is not null)).ToList();
        Assert.True(targets.Count > 30, "The forms were not found.");
        return targets;

        static string Fill(string pattern) => pattern
            .Replace("{id:long:min(1)}", "2", StringComparison.Ordinal)
            .Replace("{session:long:min(1)}", "1", StringComparison.Ordinal)
            .Replace("{identity:long:min(1)}", "1", StringComparison.Ordinal)
            .Replace("{user:long:min(1)}", "2", StringComparison.Ordinal)
            .Replace("{vpsId}", "vps-1", StringComparison.Ordinal)
            .Replace("{taskId}", "000001", StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "R4"), Trait("Requirement", "V3.5.1")]
    public async Task Posts_FromOtherSites_AreRefusedEverywhere()
    {
        using var client = await host.LogInAsync(Role.Admin);
        var token = await client.TokenAsync("/account");
        await NothingChangesAsync(async () =>
        {
            foreach (var (path, _, _) in Targets())
            {
                foreach (var header in new[]
                {
                    ("Sec-Fetch-Site", "cross-site"),
                    ("Sec-Fetch-Site", "same-site"),
                    ("Origin", "https://evil.example"),
                    ("Origin", "null"),
                })
                {
                    using var answer = await client.SendAsync(path, Form(("form_token", token)), header);
                    Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{path} {header}: {answer.StatusCode}");
                    PageRoleTests.AssertGuarded(answer, path);
                }
            }
        });
    }

    [Fact]
    [Trait("Requirement", "R4"), Trait("Requirement", "V3.5.1"), Trait("Requirement", "V9.2.3")]
    public async Task Posts_WithoutTheRightToken_AreRefusedEverywhere()
    {
        using var client = await host.LogInAsync(Role.Admin);
        using var other = await host.LogInAsync(Role.Operator);
        using var stranger = new PanelClient(host);
        string?[] wrong =
            [null, "", "x", await other.TokenAsync("/account"), await stranger.TokenAsync(), Flip(await client.TokenAsync("/account"))];
        await NothingChangesAsync(async () =>
        {
            foreach (var (path, _, _) in Targets())
            {
                foreach (var token in wrong)
                {
                    using var answer = await client.PostWithAsync(token, path);
                    Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{path} with {token}: {answer.StatusCode}");
                }
            }
        });
    }

    [Fact]
    [Trait("Requirement", "V2.2.2"), Trait("Requirement", "V15.3.7")]
    public async Task Posts_OfWrongForm_AreRefusedEverywhere()
    {
        using var client = await host.LogInAsync(Role.Admin);
        var token = await client.TokenAsync("/account");
        await NothingChangesAsync(async () =>
        {
            foreach (var (path, rules, _) in Targets())
            {
                await ExpectAsync(path, HttpStatusCode.BadRequest, Form(("form_token", token), ("no_such_field", "1")));
                await ExpectAsync(path, HttpStatusCode.BadRequest, Form(("form_token", token), ("form_token", token)));
                await ExpectAsync(
                    path, HttpStatusCode.UnsupportedMediaType, new StringContent("{}", System.Text.Encoding.UTF8, "application/json"));
                await ExpectAsync(path, HttpStatusCode.RequestEntityTooLarge, Form(("form_token", token), ("x", new string('x', 70_000))));
                foreach (var name in rules.Shape.Fields.Where(f => !f.IsList).Select(f => f.Name)
                    .Concat(rules.Shape.Fields.Where(f => f.IsKept).Select(f => f.LoadedName)))
                {
                    await ExpectAsync(path, HttpStatusCode.BadRequest, Form(("form_token", token), (name, "1"), (name, "2")));
                }
            }
        });

        async Task ExpectAsync(string path, HttpStatusCode expected, HttpContent content)
        {
            using var answer = await client.SendAsync(path, content);
            Assert.True(answer.StatusCode == expected, $"{path}: {answer.StatusCode}, expected {expected}");
        }
    }

    [Fact]
    public async Task Posts_OfStrangers_LeadToTheLoginPage()
    {
        using var client = new PanelClient(host);
        var token = await client.TokenAsync();
        await NothingChangesAsync(async () =>
        {
            foreach (var (path, _, isPublic) in Targets().Where(t => !t.IsPublic))
            {
                using var answer = await client.PostWithAsync(token, path);
                Assert.True(answer.StatusCode == HttpStatusCode.SeeOther && !isPublic, $"{path}: {answer.StatusCode}");
                Assert.StartsWith("/admin/login", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
            }
        });
    }

    [Fact]
    [Trait("Requirement", "V9.2.3")]
    public async Task Posts_OfThePublicPages_NeedTheCookieOfTheirBrowser()
    {
        using var client = new PanelClient(host);
        using var other = new PanelClient(host);
        var token = await other.TokenAsync();
        foreach (var path in new[] { "/login", "/register", "/setup", "/reset" })
        {
            using var answer = await client.PostWithAsync(token, path);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Fact]
    [Trait("Requirement", "R4"), Trait("Requirement", "V3.5.1")]
    public async Task Posts_OfThoseLoggedIn_TakeNoTokenOfTheAnonymousCookie()
    {
        // The login page gave this browser the cookie for people who are nobody; another site, or a neighbour on another port, may have set
        // it.
        using var client = new PanelClient(host);
        var anonymous = await client.TokenAsync();
        await client.LogInAsync(host.Users[Role.Admin].Username, PanelHost.Password);
        Assert.NotEmpty(FormCookie(client));
        await NothingChangesAsync(async () =>
        {
            foreach (var (path, _, _) in Targets().Where(t => !t.IsPublic))
            {
                using var answer = await client.PostWithAsync(anonymous, path);
                Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{path}: {answer.StatusCode}");
            }
        });

        // The pages for everybody take it: they may have been opened before the login.
        using var register = await client.PostWithAsync(anonymous, "/register");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, register.StatusCode);
    }

    // Its name ends with the id of the deployment.
    private string FormCookie(PanelClient client) => client.Cookies.GetCookies(host.Address)
        .Single(c => c.Name.StartsWith("kohakuriver_form_", StringComparison.Ordinal)).Value;

    [Fact]
    public async Task Posts_WithASignedTimeBeyondTheCalendar_AreRefused()
    {
        // The key is the browser's own cookie, so that its owner can sign any time.
        using var client = new PanelClient(host);
        await client.TokenAsync();
        var key = FormCookie(client);
        foreach (var time in (long[])[long.MaxValue, long.MinValue, 253_402_300_800_000_000])
        {
            var head = new byte[48];
            System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(head, time);
            byte[] signed = [.. "KohakuRiver.Auth.AdminPanel form v2:"u8, .. head];
            var token = System.Buffers.Text.Base64Url.EncodeToString(
                [.. head, .. System.Security.Cryptography.HMACSHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key), signed)]);
            using var answer = await client.PostWithAsync(token, "/login");
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Fact]
    [Trait("Requirement", "R11")]
    public async Task Posts_WithNul_AreRefused()
    {
        using var client = new PanelClient(host);
        using var answer = await client.PostAsync("/login", ("username", "a\0b"), ("password", "x"), ("return", ""));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    [Trait("Requirement", "V8.3.1")]
    public async Task Posts_OfEachRole_AreRefusedLikeTheApiRefusesThem()
    {
        // What needs manage users is 403 for an operator, what needs approve tasks for a user, and nothing changes.
        using var client = await host.LogInAsync(Role.Operator);
        await NothingChangesAsync(async () =>
        {
            foreach (var path in Targets().Select(t =>
                t.Path).Where(p => p.StartsWith("/users", StringComparison.Ordinal)
                    || p.StartsWith("/groups", StringComparison.Ordinal)
                    || p == "/settings"))
            {
                using var answer = await client.PostAsync(path);
                Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{path}: {answer.StatusCode}");
            }

            using var user = await host.LogInAsync(Role.User);
            foreach (var path in new[] { "/approvals/decide", "/vps/vps-1/assign", "/invitations/new" })
            {
                using var answer = await user.PostAsync(path);
                Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{path}: {answer.StatusCode}");
            }
        });
    }

    // Everything the forms could change, by what the services say of it. Logins of the test itself come before.
    private async Task NothingChangesAsync(Func<Task> act)
    {
        var before = await SnapshotAsync();
        await act();
        Assert.Equal(before, await SnapshotAsync());
    }

    private async Task<string> SnapshotAsync()
    {
        var page = new PageRequest(500);
        var users = (await host.Get<IUserService>().ListAsync(Actor.Host, new UserQuery { Page = page })).Require().Items;
        var groups = (await host.Get<IGroupService>().ListAsync(Actor.Host, page)).Require().Items;
        var tokens = (await host.Get<ITokenService>().ListAsync(Actor.Host, null, page)).Require().Items;
        var invitations = (await host.Get<IInvitationService>().ListAsync(Actor.Host, page)).Require().Items;
        var waiting = (await host.Get<IApprovalService>().ListPendingAsync(Actor.Host, page)).Require().Items;
        var vps = (await host.Get<IVpsAccessService>().ListAsync(Actor.Host, "vps-1")).Require().Assignments;
        var settings = (await host.Get<ISettingsService>().GetAsync(Actor.Host)).Require();
        return string.Join(
            '\n',
            users.Select(u => $"{u.User.Username} {u.User.DisplayName} {u.User.Role} {u.User.IsActive} {u.Groups.Count}")
                .Concat(groups.Select(g => $"{g.Name} {g.MemberCount}"))
                .Concat(tokens.Select(t => $"{t.Id} {t.Name}"))
                .Concat(invitations.Select(i => $"{i.Id} {i.Uses}"))
                .Concat(waiting.Select(w => w.Task.TaskId))
                .Concat(vps.Select(v => $"{v.User?.Id} {v.Group?.Id}"))
                .Append($"{settings.Registration} {settings.SessionLifetime} {host.Cluster.Killed.Count}"));
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    private static string Flip(string token) => (token[0] == 'A' ? 'B' : 'A') + token[1..];
}
