using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.AdminPanel.Tests.Hosting;

/// <summary>
/// Puts text with characters nobody sees into every field there is, past the rules that refuse it today: older rows and other programs may
/// hold it.
/// </summary>
internal static class UnseenFilling
{
    /// <summary>Ids of what was made.</summary>
    internal sealed record Made(long User, long Group, string Waiting, string Decided);

    internal static async Task<Made> FillWithUnseenAsync(this PanelHost host)
    {
        var at = host.Get<TimeProvider>().GetInstant();
        var entry = AuthorizedWrite.WithoutCredential(new AuditEntry
        {
            At = at,
            Actor = Bad("actor"),
            Credential = Bad("with"),
            Action = Bad("action"),
            TargetType = Bad("type"),
            Target = Bad("target"),
            Outcome = AuditOutcome.Success,
            Detail = Bad("detail"),
            OperationId = Guid.CreateVersion7(at),
        });
        var group = (await host.Get<IGroupStore>().TryCreateAsync(
            new NewGroup(Bad("group"), Bad("about"), 1, new Dictionary<string, long>(StringComparer.Ordinal) { ["max_tasks"] = 3 }, at),
            entry, CancellationToken.None)).Value!;
        var person =
            new NewUser
            {
                Username = Bad("the-name"),
                DisplayName = Bad("shown"),
                Role = Role.User,
                PasswordHash = "none",
                GroupIds = [group.Id],
                CreatedAt = at,
            };
        var user = (await host.Get<IAccountStore>().TryCreateUserAsync(person, entry, CancellationToken.None)).Value!.User;
        foreach (var known in host.Users.Values)
        {
            await host.Get<IAccountStore>()
                .TryUpdateUserAsync(
                    known.Id, new UserChange { DisplayName = Bad("shown"), AddGroupIds = [group.Id] }, at, entry, CancellationToken.None);
            await AddTokenAsync(known.Id);
        }

        await AddTokenAsync(user.Id);
        (await host.Get<IVpsAccessService>().AssignAsync(Actor.Host, "vps-1", [user.Id, host.Users[Role.Admin].Id], [group.Id])).Require();
        var maker = host.ActorOf(Role.Admin) with { Username = Bad("maker") };
        var invitation = new CreateInvitationCommand { Role = Role.User, GroupId = group.Id, MaxUses = 1, ExpiresHours = 24 };
        (await host.Get<IInvitationService>().CreateAsync(maker, invitation)).Require();
        host.Cluster.Instances[0] = new VpsInfo("vps-1", Bad("vps"), Bad("node"), Bad("status"))
        {
            Owner = Bad("owner"), Address = Bad("address"), SshCommand = Bad("ssh"),
        };
        host.Cluster.Offer = host.Cluster.Offer with { Nodes = [Bad("node")], Images = [Bad("image")] };
        host.Cluster.Nodes.Add(new NodeInfo(Bad("node"), Bad("status"), 1, 1, [Bad("gpu")]));
        host.Cluster.Shows = task => task with
        {
            Status = Bad("status"), Node = Bad("node"), Owner = Bad("owner"), Stdout = "line\n\t\ud800" + Bad("out"), Stderr = Bad("err"),
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { [Bad("NAME")] = Bad("value") },
        };
        foreach (var role in (Role[])[Role.Admin, Role.Operator, Role.User])
        {
            var browser = new ClientInfo(null, Bad("browser"), null);
            (await host.Get<ILoginService>().LogInAsync(host.Users[role].Username, PanelHost.Password, browser)).Require();
        }

        var waiting = await SubmitAsync(Role.User);
        var decided = await SubmitAsync(Role.User);
        await SubmitAsync(Role.Admin);
        var decider = host.ActorOf(Role.Operator) with { Username = Bad("decider") };
        (await host.Get<IApprovalService>().RejectAsync(decider, decided, "no\u00a0\u200b reason")).Require();
        await host.Get<IAuditService>()
            .RecordAsync(
                host.ActorOf(Role.Admin) with { Username = Bad("actor") }, Bad("action"), Bad("type"), Bad("target"), Bad("detail"));
        return new Made(user.Id, group.Id, waiting, decided);

        async Task AddTokenAsync(long owner)
        {
            var hash = SecretGenerator.Create(SecretKind.ApiToken).Hash();
            var token = new NewToken { UserId = owner, Hash = hash, Prefix = "krt_0000", Name = Bad("token"), CreatedAt = at, Limit = 50 };
            await host.Get<ITokenStore>().TryCreateAsync(token, entry, CancellationToken.None);
        }

        // The cluster keeps a task; the approval is written past it, so that everything of it is bad.
        async Task<string> SubmitAsync(Role role)
        {
            var id = await host.SubmitAsync(role, Bad("python"), Bad("--arg"), "", "  ", "a\nb");
            var task = new TaskSubmission
            {
                TaskId = "bad-" + id,
                TaskType = Bad("type"),
                Command = Bad("python"),
                Arguments = [Bad("--arg"), "", "  ", "a\nb"],
                TargetNode = Bad("node"),
                Details = new SortedDictionary<string, string>(StringComparer.Ordinal) { [Bad("env A")] = Bad("value") },
            };
            (await host.Get<IApprovalService>().SubmitAsync(host.ActorOf(role) with { Username = Bad("submitter") }, task)).Require();
            return role == Role.User ? id : task.TaskId;
        }
    }

    private static string Bad(string plain) => plain[..1] + Unseen.All + plain[1..];
}
