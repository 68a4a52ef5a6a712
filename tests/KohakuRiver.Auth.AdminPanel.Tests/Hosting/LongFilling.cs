namespace KohakuRiver.Auth.AdminPanel.Tests.Hosting;

/// <summary>Many rows, and names as long as they may be, most of them without a place to break.</summary>
internal static class LongFilling
{
    internal static async Task FillWithLongNamesAsync(this PanelHost host)
    {
        var admin = host.ActorOf(Role.Admin);
        var groups = host.Get<IGroupService>();
        var users = host.Get<IUserService>();
        var people = new List<long>();
        var limits = new Dictionary<string, long>(StringComparer.Ordinal)
        {
            ["max_tasks_of_one_person_at_a_time"] = (1L << 53) - 1, ["max_gpus"] = 4,
        };
        var all = new List<Group>();
        foreach (var name in new[] { Long("Group", 100), "Vision", Long("wide", 100), "Research and teaching of the whole institute" })
        {
            var described = new CreateGroupCommand { Name = name, Description = Long("About", 500), Tier = 2, Limits = limits };
            all.Add((await groups.CreateAsync(Actor.Host, described)).Require());
        }

        for (var i = 0; i < 24; i++)
        {
            var name = i % 3 == 0 ? Long($"user{i:D2}-", 50) : $"person.number{i:D2}";
            var made = await users.CreateAsync(Actor.Host, new CreateUserCommand
            {
                Username = name,
                DisplayName = i % 3 == 0 ? Long("Shown", 100) : $"Person Number {i}",
                Password = PanelHost.Password,
                Role = (Role)(1 + (i % 4)),
                GroupIds = i % 3 == 0 ? [.. all.Select(g => g.Id)] : [all[1].Id],
            });
            people.Add(made.Require().User.Id);
        }

        foreach (var user in host.Users.Values)
        {
            (await users.UpdateAsync(Actor.Host, new UpdateUserCommand { Id = user.Id, DisplayName = Long("Shown", 100) })).Require();
            foreach (var group in all)
            {
                (await groups.AddMemberAsync(Actor.Host, group.Id, user.Id)).Require();
            }

            foreach (var name in new[] { Long("token", 100), "nightly build" })
            {
                var token = new CreateTokenCommand { Name = name, ExpiresHours = 24 * 90 };
                (await host.Get<ITokenService>().CreateAsync(host.ActorOf(user.Role), token)).Require();
            }

            var browser = new ClientInfo("2001:db8:85a3:8d3:1319:8a2e:370:7348", Long("Mozilla/5.0", 300), null);
            (await host.Get<ILoginService>().LogInAsync(user.Username, PanelHost.Password, browser)).Require();
        }

        host.Cluster.Instances[0] = new VpsInfo("vps-1", Long("instance", 120), Long("node", 100), "running")
        {
            Owner = Long("owner", 50), Address = Long("address", 120), SshCommand = "ssh -p 2201 " + Long("host", 200),
        };
        host.Cluster.Offer = host.Cluster.Offer with { Nodes = [Long("node", 100)] };
        host.Cluster.Instances.Add(new VpsInfo(Long("id", 64), Long("instance", 120), Long("node", 100), Long("status", 60)));
        host.Cluster.Nodes.Add(new NodeInfo(Long("node", 120), Long("status", 60), 64, 256L << 30, [Long("GPU", 80), "NVIDIA A100"]));
        (await host.Get<IVpsAccessService>().AssignAsync(Actor.Host, "vps-1", [.. people], [.. all.Select(g => g.Id)])).Require();
        var toGroup = new CreateInvitationCommand { Role = Role.User, GroupId = all[0].Id, MaxUses = 3, ExpiresHours = 72 };
        (await host.Get<IInvitationService>().CreateAsync(admin, toGroup)).Require();
        var first = await host.SubmitAsync(Role.User, Long("/usr/bin/", 400), Long("--option=", 900), "short", "two words", "");
        for (var i = 0; i < 8; i++)
        {
            await host.SubmitAsync(
                i % 2 == 0 ? Role.User : Role.Admin, "python", "train.py", "--epochs", $"{i}", "--data", "/shared/data/set");
        }

        (await host.Get<IApprovalService>().RejectAsync(host.ActorOf(Role.Operator), first, Long("because", 800))).Require();
        await host.SubmitAsync(Role.User, Long("/usr/bin/", 400), Long("--option=", 900));
        await host.Get<IAuditService>()
            .RecordAsync(admin, Long("host.event", 60), Long("thing", 40), Long("target", 150), Long("detail", 800));
    }

    private static string Long(string begins, int length) => begins.PadRight(length, 'W');
}
