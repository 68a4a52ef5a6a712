using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.AdminPanel.Tests.Hosting;

/// <summary>Puts something on every page.</summary>
internal static class Filling
{
    /// <summary>Markup that does something when it is not encoded.</summary>
    internal const string Markup =
        "<img src=x onerror=\"document.documentElement.dataset.pwned=1\">'\"&<script>document.documentElement.dataset.pwned=1</script>";

    /// <summary>Fills the host with plain things, or with names, commands, reasons and browsers full of markup.</summary>
    internal static async Task FillAsync(this PanelHost host, bool hostile = false)
    {
        string Text(string plain) => hostile ? (plain + Markup)[..Math.Min(100, plain.Length + Markup.Length)] : plain;
        var admin = host.ActorOf(Role.Admin);
        var groups = host.Get<IGroupService>();
        var research = (await groups.CreateAsync(Actor.Host, new CreateGroupCommand
        {
            Name = Text("Research"),
            Description = hostile ? Markup : "People who train models",
            Tier = 2,
            Limits = new Dictionary<string, long>(StringComparer.Ordinal) { ["max_tasks"] = 10, ["max_gpus"] = 4 },
        })).Require();
        (await groups.CreateAsync(Actor.Host, new CreateGroupCommand { Name = Text("Teaching"), Tier = 1 })).Require();
        foreach (var user in host.Users.Values)
        {
            (await groups.AddMemberAsync(Actor.Host, research.Id, user.Id)).Require();
            var named = new UpdateUserCommand { Id = user.Id, DisplayName = Text($"The {user.Role}") };
            (await host.Get<IUserService>().UpdateAsync(Actor.Host, named)).Require();
        }

        long[] people = [host.Users[Role.Viewer].Id, host.Users[Role.User].Id];
        (await host.Get<IVpsAccessService>().AssignAsync(Actor.Host, "vps-1", people, [research.Id])).Require();
        foreach (var role in host.Users.Keys)
        {
            var token = new CreateTokenCommand { Name = Text("nightly build"), ExpiresHours = 24 * 90 };
            (await host.Get<ITokenService>().CreateAsync(host.ActorOf(role), token)).Require();
        }

        var invitations = host.Get<IInvitationService>();
        var toResearch = new CreateInvitationCommand { Role = Role.User, GroupId = research.Id, MaxUses = 3, ExpiresHours = 72 };
        (await invitations.CreateAsync(admin, toResearch)).Require();
        var forViewer = new CreateInvitationCommand { Role = Role.Viewer, MaxUses = 1, ExpiresHours = 24 };
        (await invitations.CreateAsync(host.ActorOf(Role.Operator), forViewer)).Require();

        var approvals = host.Get<IApprovalService>();
        await host.SubmitAsync(Role.User, Text("python"), "train.py", "--epochs", hostile ? Markup : "30");
        var second = await host.SubmitAsync(Role.User, Text("nvidia-smi"));
        var third = await host.SubmitAsync(Role.User, Text("echo"), "hello world", "");
        await host.SubmitAsync(Role.User, Text("sleep"), "3600");
        (await approvals.ApproveAsync(host.ActorOf(Role.Operator), second)).Require();
        var reason = hostile ? Markup : "Please use the queue for small tests.";
        (await approvals.RejectAsync(host.ActorOf(Role.Operator), third, reason)).Require();
        if (hostile)
        {
            host.Cluster.Instances[0] = new VpsInfo("vps-1", Markup, Markup, Markup)
            {
                Owner = Markup, Address = Markup, SshCommand = Markup,
            };
            host.Cluster.Offer = host.Cluster.Offer with { Nodes = [Markup], Images = [Markup] };
            using var client = new PanelClient(host);
            client.Http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", Markup);
            await client.LogInAsync(host.Users[Role.Admin].Username, PanelHost.Password);
            await client.PostAsync("/login", ("username", Markup), ("password", "x"), ("return", ""));
            await host.Get<IAuditService>().RecordAsync(admin, "host.event", "thing", Markup, Markup);
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
