using System.CommandLine;
using System.Globalization;

namespace KohakuRiver.Cli;

/// <summary><c>kohakuriver groups</c>.</summary>
internal static class GroupCommands
{
    internal static CliCommand Build() => new CliCommand("groups", "Manage groups and their members.", "kohakuriver groups list")
        .With(List(), ShowOne(), Create(), Edit(), Delete(), Change("add"), Change("remove"), Members());

    private static Argument<string> GroupArgument() => GlobalOptions.Named("group", "Name or id of the group.", "auth/groups", "name");

    private static CliCommand List()
    {
        var limit = GlobalOptions.Limit();
        return new CliCommand("list", "List groups.", "kohakuriver groups list").ShowsLongList(limit).Does(async (run, cancellationToken) =>
            run.Output.List(
                await run.ListAsync<Group>("auth/groups", run.Most(limit), cancellationToken), "No groups.",
                new Column<Group>("Id", g => Show.Number(g.Id)) { IsNumber = true }, new("Name", g => g.Name), new(
                    "Description", g => g.Description) { Folds = true, Drop = 9 },
                new("Tier", g => Show.Number(g.Tier)) { IsNumber = true, Drop = 8 }, new("Limits", g => Limits(g)) { Folds = true },
                new("Members", g => Show.Number(g.MemberCount)) { IsNumber = true }));
    }

    private static CliCommand ShowOne()
    {
        var group = GroupArgument();
        return new CliCommand("show", "Show one group.", "kohakuriver groups show research").With(group)
            .Does(async (run, cancellationToken) =>
        {
            var found = await run.Names.GroupAsync(run.Get(group), cancellationToken);
            run.Output.Value(found, () => ShowGroup(run, found));
        });
    }

    private static CliCommand Create()
    {
        var name = GlobalOptions.Required("name", "The group's name.");
        var description = GlobalOptions.Text("--description", "A description.", "TEXT");
        var tier = Numbers.Option("--tier", "A number for display and sorting.", least: int.MinValue);
        var limits = GlobalOptions.Texts("--limits", "A quota like max_tasks=10; may be repeated.", "KEY=N");
        return new CliCommand("create", "Create a group.", "kohakuriver groups create research --limits max_tasks=10 --limits max_gpus=4")
            .With(name, description, tier, limits)
            .Does(async (run, cancellationToken) =>
        {
            var made = await run.Api.PostAsync<Group>(
                "auth/groups",
                new GroupWanted(run.Get(name), run.Get(description), run.Get(tier), ReadLimits(run.Get(limits)!)),
                cancellationToken);
            run.Output.Value(made, () => run.Output.Say($"Created the group {made.Name}, id {made.Id}."));
        });
    }

    private static CliCommand Edit()
    {
        var group = GroupArgument();
        var name = GlobalOptions.Text("--name", "A new name.", "NAME");
        var description = GlobalOptions.Text("--description", "A description.", "TEXT");
        var tier = Numbers.Option("--tier", "A number for display and sorting.", least: int.MinValue);
        var limits = GlobalOptions.Texts(
            "--limits", "A quota like max_tasks=10; replaces all existing quotas. May be repeated.", "KEY=N");
        var set = GlobalOptions.Texts(
            "--set-limit", "A quota to add or change, like max_tasks=10; the others stay. May be repeated.", "KEY=N");
        var remove = GlobalOptions.Texts("--remove-limit", "A quota to remove; the others stay. May be repeated.", "KEY");
        return new CliCommand(
            "edit", "Rename a group or change its description, tier or quotas.", "kohakuriver groups edit research --name science")
            .With(group, name, description, tier, limits, set, remove).Does(async (run, cancellationToken) =>
        {
            var quotas = ReadLimits(run.Get(limits)!);
            var added = ReadLimits(run.Get(set)!, "--set-limit");
            var removed = run.Get(remove) is { Length: > 0 } names ? names : null;
            if (run.Get(name) is null
                && run.Get(description) is null
                && run.Get(tier) is null
                && quotas is null
                && added is null
                && removed is null)
            {
                throw CliException.Usage("Specify what to change: --name, --description, --tier, --set-limit, --remove-limit or --limits.");
            }

            if (quotas is not null && (added is not null || removed is not null))
            {
                throw CliException.Usage("--limits replaces all quotas; it cannot be combined with --set-limit and --remove-limit.");
            }

            var found = await run.Names.GroupAsync(run.Get(group), cancellationToken);
            var changed = await run.Api.PatchAsync<Group>(
                $"auth/groups/{found.Id}",
                new GroupChange(run.Get(name), run.Get(description), run.Get(tier), quotas, added, removed),
                cancellationToken);
            run.Output.Value(changed, () => ShowGroup(run, changed));
        });
    }

    private static CliCommand Delete()
    {
        var groups = GlobalOptions.Several("group", "Names or ids of groups (-: those on standard input).");
        groups.CompletionSources.AddNames("auth/groups", "name");
        var yes = GlobalOptions.Yes();
        return new CliCommand("delete", "Delete groups with their memberships and VPS assignments.", "kohakuriver groups delete research")
            .With(groups, yes)
            .Does((run, cancellationToken) =>
        {
            var members = 0L;
            return Bulk.RunNamedAsync(
                run, run.Items(run.Get(groups)),
                async typed =>
                {
                    var found = await run.Names.GroupAsync(typed, cancellationToken);
                    members += found.MemberCount;
                    return new Target(found.Id, found.Name);
                },
                found => run.Confirm(
                    yes,
                    "Delete the " + (found is [var only] ? $"group {only.Full} with its" : Show.Counted("group", [.. found
                        .Select(f => f.Label)]) + " with their") + $" {members} memberships and VPS assignments"),
                async group =>
                {
                    var answer = await run.Api.DeleteAsync<MessageAnswer>($"auth/groups/{group.Id}", cancellationToken);
                    return (new BulkResult(group.Id, group.Name, "deleted", answer.Message), $"Group {group.Name} deleted.");
                },
                (typed, group, why) => new BulkResult(group?.Id, group?.Name ?? typed, Bulk.Failed, why), cancellationToken);
        });
    }

    private static CliCommand Change(string name)
    {
        var isAdd = name == "add";
        var group = GroupArgument();
        var users = GlobalOptions.Several("user", "Usernames or ids (-: those on standard input).");
        return new CliCommand(
            name, isAdd
                ? "Add users to a group."
                : "Remove users from a group, effective on their next request.",
                $"kohakuriver groups {name} research ann bob").With(group, users).Does(async (run, cancellationToken) =>
        {
            var found = await run.Names.GroupAsync(run.Get(group), cancellationToken);
            var done = isAdd ? "added" : "removed";
            return await Bulk.RunAsync(
                run, run.Items(run.Get(users)), name => name,
                async name =>
                {
                    var member = await run.Names.UserAsync(name, cancellationToken);
                    var path = $"auth/groups/{found.Id}/members/{member.Id}";
                    var answer = isAdd
                        ? await run.Api.PutAsync<MessageAnswer>(path, null, cancellationToken)
                        : await run.Api.DeleteAsync<MessageAnswer>(path, cancellationToken);
                    return (new BulkResult(member.Id, member.Username, done, answer.Message),
                        $"{member.Username} {done} {(isAdd ? "to" : "from")} {found.Name}.");
                },
                (name, why) => new BulkResult(null, name, Bulk.Failed, why), cancellationToken);
        });
    }

    private static CliCommand Members()
    {
        var group = GroupArgument();
        var limit = GlobalOptions.Limit();
        return new CliCommand("members", "List the members of a group.", "kohakuriver groups members research").With(group)
            .ShowsLongList(limit)
            .Does(async (run, cancellationToken) =>
        {
            var found = await run.Names.GroupAsync(run.Get(group), cancellationToken);
            UserCommands.ShowUsers(run, await run.ListAsync<User>($"auth/groups/{found.Id}/members", run.Most(limit), cancellationToken));
        });
    }

    private static void ShowGroup(InvocationContext run, Group group) => run.Output.Fields(
        ("Id", Show.Number(group.Id)), ("Name", group.Name), (
            "Description", group.Description), ("Tier", Show.Number(group.Tier)), ("Limits", Limits(group)),
        ("Members", Show.Number(group.MemberCount)), ("Created", Show.Time(group.CreatedAt)));

    private static string Limits(Group group) => Show.Joined(group.Limits?.Select(l => $"{l.Key}={Show.Number(l.Value)}"));

    private static Dictionary<string, long>? ReadLimits(string[] pairs, string option = "--limits")
    {
        if (pairs.Length == 0)
        {
            return null;
        }

        var limits = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            var parts = pair.Split('=', 2);
            if (parts.Length != 2
                || parts[0].Length == 0
                || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                throw CliException.Usage($"{option} takes KEY=N with a whole number, like max_tasks=10; not '{pair}'.");
            }

            limits[parts[0]] = count;
        }

        return limits;
    }
}
