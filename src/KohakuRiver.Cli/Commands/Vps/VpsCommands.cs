using System.CommandLine;
using System.Text.Json;

namespace KohakuRiver.Cli;

/// <summary><c>kohakuriver vps</c>.</summary>
internal static class VpsCommands
{
    internal static CliCommand Build() => new CliCommand("vps", "Manage VPS instances and their assignments.", "kohakuriver vps list")
        .With(List(), ShowOne(), Unknown(), Assign(), Unassign(), Access(), Create(), Delete(), Exec());

    private static Argument<string> VpsArgument() => GlobalOptions.Named("vps", "Name or id of the VPS.", "vps", "name");

    private static string PathOf(string id) => "vps/" + Uri.EscapeDataString(id);

    private static CliCommand List()
    {
        var mine = GlobalOptions.Flag("--mine", "Only those assigned to you or created by you.");

        // The original shows those that run unless asked for all of them; here they are all shown anyway.
        var all = new Option<bool>("--all", "-a") { Hidden = true };
        return new CliCommand("list", "List VPS instances; viewers and users see those they may use.", "kohakuriver vps list --mine")
            .With(mine, all).ShowsList()
            .Does(async (run, cancellationToken) =>
            run.Output.List(
                await run.ListAsync<Vps>(run.Get(mine) ? "vps/my" : "vps", null, cancellationToken), "No VPS instances.",
                new Column<Vps>("Id", v => v.VpsId), new("Name", v => v.Name), new("Node", v => v.Node), new(
                    "Status", v => v.Status) { IsState = true }, new(
                    "Created by", v => v.OwnerUsername) { Drop = 7 },
                new("Users", v => NamesOf(v.Assignees)) { Folds = true }, new("Groups", v => NamesOf(v.Groups)) { Folds = true }));
    }

    private static CliCommand ShowOne()
    {
        var vps = VpsArgument();
        return new CliCommand("show", "Show one VPS.", "kohakuriver vps show dev-box").With(vps).Does(async (run, cancellationToken) =>
        {
            var id = await run.Names.VpsAsync(run.Get(vps), orUnknown: false, cancellationToken);
            var found = (await run.ListAsync<Vps>("vps", null, cancellationToken)).FirstOrDefault(v => v.VpsId == id)
                ?? throw CliException.Failed(
                    $"There is no VPS '{run.Get(vps)}' here, or none you may see. List them: kohakuriver vps list");
            run.Output.Value(found, () => run.Output.Fields(
                ("Id", found.VpsId), ("Name", found.Name), ("Node", found.Node), ("Status", found.Status),
                ("Created by", found.OwnerUsername), ("Users", NamesOf(found.Assignees)), ("Groups", NamesOf(found.Groups))));
        });
    }

    private static CliCommand Unknown() => new CliCommand(
        "unknown", "List assignments of VPS that the host does not have. Remove them: kohakuriver vps unassign.", "kohakuriver vps unknown")
        .ShowsList()
        .Does(async (run, cancellationToken) =>
        {
            var unknown = await run.Api.GetAsync<IReadOnlyList<VpsAccess>>("auth/vps/unknown", cancellationToken);
            run.Output.List(
                unknown, "The host has every VPS that is assigned to somebody.",
                new Column<VpsAccess>("Id", v => v.TaskId),
                new("Users", v => Show.Joined((v.Assignments ?? []).Select(u => u.Username))) { Folds = true },
                new("Groups", v => Show.Joined((v.Groups ?? []).Select(g => g.Name))) { Folds = true });
        });

    private static CliCommand Assign()
    {
        var vps = VpsArgument();
        var users = GlobalOptions.Texts("--user", "A user who may use it; may be repeated.", "NAME_OR_ID");
        var groups = GlobalOptions.Texts("--group", "A group whose members may use it; may be repeated.", "NAME_OR_ID");
        return new CliCommand(
            "assign",
            "Assign a VPS to users or groups, all or nothing.",
            "kohakuriver vps assign dev-box --user ann --group research")
            .With(vps, users, groups).Does(async (run, cancellationToken) =>
        {
            var (userIds, groupIds, names) = await FindAsync(
                run, run.Items(run.Get(users)!), run.Items(run.Get(groups)!), cancellationToken);
            var id = await run.Names.VpsAsync(run.Get(vps), orUnknown: false, cancellationToken);
            var done = await run.Api.PostAsync<VpsAssigned>(
                PathOf(id) + "/assign", new VpsAssignment(userIds, groupIds), cancellationToken);
            run.Output.Value(done, () => run.Output.Say($"{Show.Joined(names)} may now use {run.Get(vps)}."));
        });
    }

    private static CliCommand Unassign()
    {
        var vps = VpsArgument();
        var users = GlobalOptions.Texts("--user", "A user to unassign; may be repeated.", "NAME_OR_ID");
        var groups = GlobalOptions.Texts("--group", "A group to unassign; may be repeated.", "NAME_OR_ID");
        var yes = GlobalOptions.Yes();
        return new CliCommand(
            "unassign", "Unassign a VPS from users or groups, effective on their next request.",
            "kohakuriver vps unassign dev-box --user ann")
            .With(vps, users, groups, yes)
            .Does(async (run, cancellationToken) =>
        {
            var (userIds, groupIds, names) = await FindAsync(
                run, run.Items(run.Get(users)!), run.Items(run.Get(groups)!), cancellationToken);
            var id = await run.Names.VpsAsync(run.Get(vps), orUnknown: true, cancellationToken);
            run.Confirm(yes, $"Take {run.Get(vps)} from {Show.Joined(names)}");
            var paths = userIds.Select(u => (Path: Show.Number(u), Id: u))
                .Concat(groupIds.Select(g => (Path: "groups/" + Show.Number(g), Id: g)));
            return await Bulk.RunAsync(
                run, paths.Zip(names, (target, name) => (target.Path, target.Id, Name: name)), target => target.Name,
                async target =>
                {
                    var answer = await run.Api.DeleteAsync<MessageAnswer>($"{PathOf(id)}/assign/{target.Path}", cancellationToken);
                    return (new BulkResult(target.Id, target.Name, "unassigned", answer.Message),
                        $"{run.Get(vps)} is no longer assigned to {target.Name}.");
                },
                (target, why) => new BulkResult(target.Id, target.Name, Bulk.Failed, why), cancellationToken);
        });
    }

    private static CliCommand Access()
    {
        var vps = VpsArgument();
        return new CliCommand(
            "access", "Show the assignments of a VPS. Operators and admins may always use it.", "kohakuriver vps access dev-box")
            .With(vps)
            .Does(async (run, cancellationToken) =>
        {
            var id = await run.Names.VpsAsync(run.Get(vps), orUnknown: true, cancellationToken);
            var access = await run.Api.GetAsync<VpsAccess>(PathOf(id) + "/assignments", cancellationToken);
            var rows = (access.Groups ?? []).Select(g => new Assigned("group", g.GroupId, g.Name, null, g.AssignedAt))
                .Concat((access.Assignments ?? []).Select(u => new Assigned("user", u.UserId, u.Username, u.DisplayName, u.AssignedAt)))
                    .ToList();
            run.Output.Value(access, () => run.Output.List(
                rows, "No assignments.",
                new Column<Assigned>("Kind", a => a.Kind), new("Id", a => Show.Number(a.Id))
                {
                    IsNumber = true }, new("Name",
                    a => a.Name), new("Display name",
                    a => a.DisplayName) { Folds = true,
                },
                new("Since", a => Show.Time(a.AssignedAt)) { Time = a => a.AssignedAt }));
        });
    }

    private static CliCommand Create()
    {
        var name = GlobalOptions.Required("name", "The VPS's name.");
        var node = GlobalOptions.Text("--node", "The node to run on.", "HOSTNAME");
        return new CliCommand("create", "Create a VPS.", "kohakuriver vps create dev-box --node node-1").With(name, node)
            .WithGone(
                "A VPS has a name and a node here, and nothing else: kohakuriver vps create NAME --node HOSTNAME",
                ["--target", "-t"], ["--cores", "-c"], ["--memory", "-m"], ["--container"], ["--image"], ["--privileged"], ["--mount"],
                ["--ssh"], ["--no-ssh-key"], ["--gen-ssh-key"], ["--public-key-file"], ["--public-key-string"], ["--key-out-file"],
                ["--backend", "-b"], ["--vm-image"], ["--vm-disk"], ["--vm-memory"])
            .Does(async (run, cancellationToken) =>
        {
            var made = await run.Api.PostAsync<Vps>("vps", new VpsWanted(run.Get(name), run.Get(node)), cancellationToken);
            run.Output.Value(made, () => run.Output.Say($"Created {made.Name}, id {made.VpsId}."));
        });
    }

    private static CliCommand Delete()
    {
        var vps = GlobalOptions.Several("vps", "Names or ids of VPS (-: those on standard input).");
        vps.CompletionSources.AddNames("vps", "name");
        var yes = GlobalOptions.Yes();
        return new CliCommand("delete", "Delete VPS with their assignments.", "kohakuriver vps delete dev-box").With(vps, yes)
            .Does((run, cancellationToken) => Bulk.RunNamedAsync(
                run, run.Items(run.Get(vps)),
                async typed => new Instance(await run.Names.VpsAsync(typed, orUnknown: true, cancellationToken), typed),
                found => run.Confirm(yes, found is [var only]
                    ? $"Delete the VPS {only.Name} (id {only.Id})"
                    : $"Delete {found.Count} VPS ({Show.Joined(found.Select(f => f.Name))})"),
                async one =>
                {
                    var answer = await run.Api.DeleteAsync<MessageAnswer>(PathOf(one.Id), cancellationToken);
                    return (new VpsResult(one.Id, one.Name, "deleted", answer.Message), $"VPS {one.Name} deleted.");
                },
                (typed, one, why) => new VpsResult(one?.Id, typed, Bulk.Failed, why), cancellationToken));
    }

    private static CliCommand Exec()
    {
        var vps = VpsArgument();
        var command = GlobalOptions.CommandToRun();
        return new CliCommand(
            "exec", "Run a command in a VPS, and exit with its exit code.", "kohakuriver vps exec dev-box -- uname -a")
            .With(vps, command)
            .Does(async (run, cancellationToken) =>
        {
            var id = await run.Names.VpsAsync(run.Get(vps), orUnknown: false, cancellationToken);
            var typed = run.Get(command);
            var result = await run.Api.PostAsync<Executed>(
                PathOf(id) + "/exec", new Execution(typed[0], typed[1..]), cancellationToken);
            run.Output.Value(result, () => TaskOutput.WriteAll(run, result.Stdout, result.Stderr));
            return result.ExitCode ?? ExitCodes.Failed;
        });
    }

    private static async Task<(List<long> Users, List<long> Groups, List<string> Names)> FindAsync(
        InvocationContext run, string[] users, string[] groups, CancellationToken cancellationToken)
    {
        if (users.Length + groups.Length == 0)
        {
            throw CliException.Usage("Specify --user or --group.");
        }

        var found = (Users: new List<long>(), Groups: new List<long>(), Names: new List<string>());
        foreach (var name in users)
        {
            var user = await run.Names.UserAsync(name, cancellationToken);
            found.Users.Add(user.Id);
            found.Names.Add(user.Username);
        }

        foreach (var name in groups)
        {
            var group = await run.Names.GroupAsync(name, cancellationToken);
            found.Groups.Add(group.Id);
            found.Names.Add("group " + group.Name);
        }

        return found;
    }

    // A list of names, or of objects that have one.
    private static string NamesOf(JsonElement? list) => list is { ValueKind: JsonValueKind.Array } array
        ? Show.Joined(array.EnumerateArray().Select(NameOf))
        : "";

    private static string NameOf(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return item.ToString();
        }

        return item.TryGetProperty("username", out var name) || item.TryGetProperty("name", out name) ? name.ToString() : item.ToString();
    }

    internal sealed record Assigned(string Kind, long Id, string Name, string? DisplayName, DateTimeOffset? AssignedAt);

    // The same one, by whatever name it was typed.
    private sealed record Instance(string Id, string Name)
    {
        public bool Equals(Instance? other) => other?.Id == Id;

        public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Id);
    }
}
