using System.CommandLine;

namespace KohakuRiver.Cli;

/// <summary><c>kohakuriver users</c>: listing and changing them.</summary>
internal static class UserCommands
{
    internal static CliCommand Build() => new CliCommand("users", "Manage users.", "kohakuriver users list --role operator").With(
        List(), ShowOne(), Create(), Edit(), SetRole(),
        UserAccessCommands.SetActive("disable", isActive: false), UserAccessCommands.SetActive("enable", isActive: true),
        UserAccessCommands.Unlock(), UserAccessCommands.ResetPassword(), UserAccessCommands.ResetLink(),
        UserAccessCommands.Sessions(), UserAccessCommands.EndSessions(), UserAccessCommands.Delete());

    internal static Argument<string> UserArgument() => GlobalOptions.Named("user", "Username or id.", "auth/users", "username");

    /// <summary>One user, field by field.</summary>
    internal static void ShowUser(InvocationContext run, User user) => run.Output.Fields(
        ("Id", Show.Number(user.Id)), ("Username", user.Username), ("Display name", user.DisplayName), ("Role", user.Role),
        ("Active", Show.YesNo(user.IsActive)), (
            "Groups", Show.Joined(user.Groups?.Select(g => g.Name))), ("Created", Show.Time(user.CreatedAt)),
        ("Last login", Show.Time(user.LastLogin)), ("Sessions", Show.Number(user.ActiveSessions)),
        ("Locked until", Show.Time(user.LockedUntil.Value)),
        ("Password", user.MustChangePassword == true ? "must be changed" : null));

    /// <summary>Users as a table.</summary>
    internal static void ShowUsers(InvocationContext run, IReadOnlyList<User> users) => run.Output.List(
        users, "No users match.",
        new Column<User>("Id", u => Show.Number(u.Id)) { IsNumber = true, Drop = 3 }, new("Username", u => u.Username), new(
            "Display name", u => u.DisplayName) { Folds = true, Drop = 6 }, new("Role", u => u.Role),
        new(
            "State", u => !u.IsActive ? "disabled" : u.LockedUntil.Value is not null ? "locked"
                : u.MustChangePassword == true ? "must change password" : "active") { IsState = true }, new(
            "Groups", u => Show.Joined(u.Groups?.Select(g => g.Name))) { Folds = true, Drop = 7 },
        new("Created", u => Show.Time(u.CreatedAt)) { Time = u => u.CreatedAt, Drop = 8 }, new(
            "Last login", u => Show.Time(u.LastLogin)) { Time = u => u.LastLogin, Drop = 5 },
        new("Sessions", u => Show.Number(u.ActiveSessions)) { IsNumber = true, Drop = 9 });

    private static CliCommand List()
    {
        var search = GlobalOptions.Text(
            "--search", "Only users whose username or display name contains this, regardless of case and accents.", "TEXT");
        var role = GlobalOptions.UserRole("Only users with this role.");
        var group = GlobalOptions.Text("--group", "Only members of this group.", "NAME_OR_ID");
        var disabled = GlobalOptions.Flag("--disabled", "Only disabled users.");
        var active = GlobalOptions.Flag("--active", "Only active users.");
        var sort = GlobalOptions.Text(
            "--sort", "username, role, created_at or last_login; with a leading - for descending (write --sort=-role).", "FIELD");
        sort.Offering("username", "role", "created_at", "last_login");
        group.CompletionSources.AddNames("auth/groups", "name");
        var limit = GlobalOptions.Limit();
        return new CliCommand("list", "List users, newest first.", "kohakuriver users list --role user --group research --sort username")
            .With(search, role, group, active, disabled, sort).ShowsLongList(limit).Does(async (run, cancellationToken) =>
        {
            if (run.Get(active) && run.Get(disabled))
            {
                throw CliException.Usage("--active and --disabled exclude each other.");
            }

            var groupId = run.Get(group) is { } name ? Show.Number((await run.Names.GroupAsync(name, cancellationToken)).Id) : null;
            var users = await run.ListAsync<User>(
                "auth/users", run.Most(limit), cancellationToken, new(
                    "search", run.Get(search)), new("role", run.Get(role)), new("group_id", groupId),
                new("is_active", run.Get(active) ? "true" : run.Get(disabled) ? "false" : null), new("sort", run.Get(sort)));
            ShowUsers(run, users);
        });
    }

    private static CliCommand ShowOne()
    {
        var user = UserArgument();
        return new CliCommand("show", "Show one user.", "kohakuriver users show ann").With(user).Does(async (run, cancellationToken) =>
        {
            var found = await run.Names.UserAsync(run.Get(user), cancellationToken);
            run.Output.Value(found, () => ShowUser(run, found));
        });
    }

    private static CliCommand Create()
    {
        var username = GlobalOptions.Required("username", "3 to 50 of a-z A-Z 0-9 . _ -");
        var role = GlobalOptions.UserRole("The role (default: user).");
        var displayName = GlobalOptions.Text("--display-name", "The name shown to others.", "TEXT");
        var groups = GlobalOptions.Texts("--group", "A group to add the user to; may be repeated.", "NAME_OR_ID");
        var password = new PasswordPrompts("The user's password.");
        var mustChange = GlobalOptions.Flag("--must-change", "The user has to change this password at the first login.");
        var link = GlobalOptions.Flag("--link", "Set no password: print a link with which the user sets one, once, within 7 days.");
        return new CliCommand(
            "create", "Create a user with a password that you set, or with a link by which the user sets it.",
            "kohakuriver users create bob --role user --group research --link", "kohakuriver users create bob --must-change")
                .With(username, role, displayName, groups, password.Given, password.FromStdin, mustChange, link)
                .Does(async (run, cancellationToken) =>
        {
            if (run.Get(link) && (run.Has(password.Given) || run.Get(password.FromStdin) || run.Get(mustChange)))
            {
                throw CliException.Usage(
                    "With --link the user chooses the password: leave out --password, --password-stdin and --must-change.");
            }

            var groupIds = await GroupIdsAsync(run, run.Get(groups)!, cancellationToken);
            if (run.Get(link))
            {
                var invited = await run.Api.PostAsync<InvitedUser>(
                    "auth/users",
                    new UserWanted(
                        run.Get(username), null, run.Get(role) ?? "user", run.Get(displayName), groupIds.Count > 0 ? groupIds : null, null),
                    cancellationToken);
                run.Output.Value(invited, () => run.Output.Line(invited.Url));
                run.Output.Note(
                    $"Created {invited.Username} ({invited.Role}), id {invited.Id}. The link sets the password, once, until "
                    + $"{Show.Time(invited.ExpiresAt)}. It is shown only once; pass it on privately.");
                return;
            }

            var secret = password.New(run, "Password of the new user");
            var made = await run.Api.PostAsync<User>(
                "auth/users",
                new UserWanted(
                    run.Get(username), secret, run.Get(role) ?? "user", run.Get(displayName), groupIds.Count > 0 ? groupIds : null,
                    run.Get(mustChange) ? true : null),
                cancellationToken);
            run.Output.Value(made, () => run.Output.Say($"Created {made.Username} ({made.Role}), id {made.Id}."));
        });
    }

    private static CliCommand Edit()
    {
        var user = UserArgument();
        var displayName = GlobalOptions.Text("--display-name", "The name shown to others.", "TEXT");
        var groups = GlobalOptions.Texts(
            "--group", "A group of the user, replacing the current ones; may be repeated.", "NAME_OR_ID");
        var add = GlobalOptions.Texts("--add-group", "A group to add; the others stay. May be repeated.", "NAME_OR_ID");
        var remove = GlobalOptions.Texts(
            "--remove-group", "A group to remove the user from; the others stay. May be repeated.", "NAME_OR_ID");
        var noGroups = GlobalOptions.Flag("--no-groups", "Remove the user from all groups.");
        var mustChange = GlobalOptions.Flag(
            "--must-change", "The user has to change the password before anything else; until then tokens are refused, too.");
        var needNotChange = GlobalOptions.Flag("--no-must-change", "The user need not change the password any more.");
        return new CliCommand(
            "edit", "Change a user's display name or groups, or require a new password.",
            "kohakuriver users edit bob --display-name 'Bob B.' --add-group research")
            .With(user, displayName, groups, noGroups, add, remove, mustChange, needNotChange).Does(async (run, cancellationToken) =>
        {
            var named = run.Get(groups)!;
            var changesSome = run.Get(add)!.Length + run.Get(remove)!.Length > 0;
            var required = run.Get(mustChange) ? true : run.Get(needNotChange) ? false : (bool?)null;
            if (run.Get(displayName) is null && named.Length == 0 && !run.Get(noGroups) && !changesSome && required is null)
            {
                throw CliException.Usage(
                    "Specify what to change: --display-name, --add-group, --remove-group, --group, --no-groups, --must-change or "
                    + "--no-must-change.");
            }

            if (run.Get(mustChange) && run.Get(needNotChange))
            {
                throw CliException.Usage("--must-change and --no-must-change exclude each other.");
            }

            if (named.Length > 0 && run.Get(noGroups))
            {
                throw CliException.Usage("--group and --no-groups exclude each other.");
            }

            if ((named.Length > 0 || run.Get(noGroups)) && changesSome)
            {
                throw CliException.Usage(
                    "--group and --no-groups replace all groups; they cannot be combined with --add-group and --remove-group.");
            }

            var found = await run.Names.UserAsync(run.Get(user), cancellationToken);
            var groupIds = named.Length > 0 || run.Get(noGroups) ? await GroupIdsAsync(run, named, cancellationToken) : null;
            var added = await SomeAsync(run, run.Get(add)!, cancellationToken);
            var removed = await SomeAsync(run, run.Get(remove)!, cancellationToken);
            var changed = await run.Api.PatchAsync<User>(
                $"auth/users/{found.Id}",
                new UserChange(run.Get(displayName), groupIds, added, removed, required),
                cancellationToken);
            run.Output.Value(changed, () => ShowUser(run, changed));
        });
    }

    private static CliCommand SetRole()
    {
        var user = UserArgument();
        var role = GlobalOptions.Required("role", "anony (may log in, has no permissions), viewer, user, operator or admin.");
        role.AcceptOnlyFromAmong(GlobalOptions.Roles);
        return new CliCommand(
            "set-role", "Change a user's role, effective on the user's next request.", "kohakuriver users set-role bob operator",
            "kohakuriver users set-role mallory anony")
            .With(user, role)
            .Does(async (run, cancellationToken) =>
        {
            var found = await run.Names.UserAsync(run.Get(user), cancellationToken);
            var changed = await run.Api.PutAsync<User>($"auth/users/{found.Id}/role", new RoleChange(run.Get(role)), cancellationToken);
            run.Output.Value(changed, () => run.Output.Say($"{changed.Username} is {changed.Role} now."));
        });
    }

    private static async Task<List<long>?> SomeAsync(InvocationContext run, string[] names, CancellationToken cancellationToken) =>
        names.Length > 0 ? await GroupIdsAsync(run, names, cancellationToken) : null;

    private static async Task<List<long>> GroupIdsAsync(
        InvocationContext run, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var ids = new List<long>();
        foreach (var name in names)
        {
            ids.Add((await run.Names.GroupAsync(name, cancellationToken)).Id);
        }

        return ids;
    }
}
