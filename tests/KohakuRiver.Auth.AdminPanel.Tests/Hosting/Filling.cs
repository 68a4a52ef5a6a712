using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.AdminPanel.Tests.Hosting;

/// <summary>Puts something on every page.</summary>
internal static class Filling
{
    /// <summary>Markup that does something when it is not encoded.</summary>
    internal const string Markup = "<img src=x onerror=\"document.documentElement.dataset.pwned=1\">'\"&<script>document.documentElement.dataset.pwned=1</script>";

    /// <summary>Fills the host with plain things, or with names, commands, reasons and browsers full of markup.</summary>
    internal static async Task FillAsync(this PanelHost host, bool hostile = false)
    {
        string Text(string plain) => hostile ? (plain + Markup)[..Math.Min(100, plain.Length + Markup.Length)] : plain;
        var admin = host.ActorOf(Role.Admin);
        var groups = host.Get<GroupService>();
        var research = (await groups.CreateAsync(Actor.Host, Text("Research"), hostile ? Markup : "People who train models", 2, new Dictionary<string, long>(StringComparer.Ordinal) { ["max_tasks"] = 10, ["max_gpus"] = 4 })).Require();
        (await groups.CreateAsync(Actor.Host, Text("Teaching"), null, 1, null)).Require();
        foreach (var user in host.Users.Values)
        {
            (await groups.AddMemberAsync(Actor.Host, research.Id, user.Id)).Require();
            (await host.Get<UserService>().UpdateAsync(Actor.Host, user.Id, new Stores.UserChange { DisplayName = Text($"The {user.Role}") })).Require();
        }

        (await host.Get<VpsAccessService>().AssignAsync(Actor.Host, "vps-1", [host.Users[Role.Viewer].Id, host.Users[Role.User].Id], [research.Id])).Require();
        foreach (var role in host.Users.Keys)
        {
            (await host.Get<TokenService>().CreateAsync(host.ActorOf(role), Text("nightly build"), null, 24 * 90)).Require();
        }

        (await host.Get<InvitationService>().CreateAsync(admin, Role.User, research.Id, 3, 72)).Require();
        (await host.Get<InvitationService>().CreateAsync(host.ActorOf(Role.Operator), Role.Viewer, null, 1, 24)).Require();

        var approvals = host.Get<ApprovalService>();
        await host.SubmitAsync(Role.User, Text("python"), "train.py", "--epochs", hostile ? Markup : "30");
        var second = await host.SubmitAsync(Role.User, Text("nvidia-smi"));
        var third = await host.SubmitAsync(Role.User, Text("echo"), "hello world", "");
        await host.SubmitAsync(Role.User, Text("sleep"), "3600");
        (await approvals.ApproveAsync(host.ActorOf(Role.Operator), second)).Require();
        (await approvals.RejectAsync(host.ActorOf(Role.Operator), third, hostile ? Markup : "Please use the queue for small tests.")).Require();
        if (hostile)
        {
            host.Cluster.Instances[0] = new VpsInfo("vps-1", Markup, Markup, Markup);
            using var client = new PanelClient(host);
            client.Http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", Markup);
            await client.LogInAsync(host.Users[Role.Admin].Username, PanelHost.Password);
            await client.PostAsync("/login", ("username", Markup), ("password", "x"), ("return", ""));
            await host.Get<AuditService>().RecordAsync(admin, "host.event", "thing", Markup, Markup);
        }
        else
        {
            using var stranger = new PanelClient(host);
            for (var i = 0; i < 3; i++)
            {
                await stranger.PostAsync("/login", ("username", "the-user"), ("password", "wrong"), ("return", ""));
            }
        }
    }
}
