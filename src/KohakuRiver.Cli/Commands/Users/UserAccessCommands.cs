namespace KohakuRiver.Cli;

/// <summary><c>kohakuriver users</c>: their access.</summary>
internal static class UserAccessCommands
{
    internal static CliCommand Unlock() => Each(
        "unlock", "Unlock the password login of users.", "kohakuriver users unlock bob", "unlocked", question: null,
        async (run, user, cancellationToken) =>
        {
            var answer = await run.Api.PostAsync<MessageAnswer>($"auth/users/{user.Id}/unlock", null, cancellationToken);
            return (answer.Message, $"{user.Name} may log in again.");
        });

    internal static CliCommand SetActive(string name, bool isActive) => Each(
        name,
        isActive
            ? "Enable disabled users; their tokens work again, too."
            : "Disable users: ends their sessions; tokens stop working until the account is enabled again.",
        $"kohakuriver users {name} bob", name + "d", isActive ? null : all => $"Disable {all} and end their sessions",
        async (run, user, cancellationToken) =>
        {
            var changed = await run.Api.PatchAsync<User>($"auth/users/{user.Id}", new ActiveChange(isActive), cancellationToken);
            return (null, $"{changed.Username} is {(changed.IsActive ? "enabled" : "disabled")} now.");
        });

    internal static CliCommand ResetPassword()
    {
        var user = UserCommands.UserArgument();
        var password = new PasswordPrompts("The new password.");
        var mustChange = GlobalOptions.Flag("--must-change", "The user has to change it at the next login.");
        var yes = GlobalOptions.Yes();
        return new CliCommand(
            "reset-password", "Set a user's password; ends the user's sessions and tokens. Consider 'reset-link' instead.",
            "kohakuriver users reset-password bob").With(user, password.Given, password.FromStdin, mustChange, yes)
                .Does(async (run, cancellationToken) =>
        {
            var found = await run.Names.UserAsync(run.Get(user), cancellationToken);
            run.Confirm(yes, $"Set the password of {found.Username} (id {found.Id}) and end all their sessions and tokens");
            var fresh = password.New(run, $"New password of {found.Username}");
            await run.Api.PutAsync<MessageAnswer>(
                $"auth/users/{found.Id}/password",
                new PasswordSet(fresh, run.Get(mustChange) ? true : null),
                cancellationToken);
            run.Output.Done($"Password of {found.Username} set; their sessions and tokens have ended.", found.Id, found.Username);
        });
    }

    internal static CliCommand ResetLink()
    {
        var user = UserCommands.UserArgument();
        return new CliCommand(
            "reset-link", "Create a link with which a user can set a new password, once, within 24 hours.",
            "kohakuriver users reset-link bob")
            .With(user)
            .Does(async (run, cancellationToken) =>
        {
            var found = await run.Names.UserAsync(run.Get(user), cancellationToken);
            var link = await run.Api.PostAsync<ResetLink>($"auth/users/{found.Id}/reset-link", null, cancellationToken);
            run.Output.Value(link, () => run.Output.Line(link.Url));
            run.Output.Note(
                $"For {found.Username}, valid once until {Show.Time(link.ExpiresAt)}. It is shown only once; pass it on privately.");
        });
    }

    internal static CliCommand Sessions()
    {
        var user = UserCommands.UserArgument();
        return new CliCommand("sessions", "List a user's active sessions.", "kohakuriver users sessions bob").With(user)
            .Does(async (run, cancellationToken) =>
        {
            var found = await run.Names.UserAsync(run.Get(user), cancellationToken);
            SessionCommands.ShowSessions(
                run, await run.Api.GetAsync<IReadOnlyList<Session>>($"auth/users/{found.Id}/sessions", cancellationToken));
        });
    }

    internal static CliCommand EndSessions() => Each(
        "end-sessions", "End all sessions of users. Tokens continue to work.", "kohakuriver users end-sessions bob", "ended",
        all => $"End all sessions of {all}",
        async (run, user, cancellationToken) =>
        {
            var answer = await run.Api.DeleteAsync<MessageAnswer>($"auth/users/{user.Id}/sessions", cancellationToken);
            return (answer.Message, $"Sessions of {user.Name} ended.");
        });

    internal static CliCommand Delete() => Each(
        "delete", "Delete users with sessions, tokens, memberships and assignments. Tasks stay under their names.",
        "kohakuriver users delete bob", "deleted", all => $"Delete {all} permanently",
        async (run, user, cancellationToken) =>
        {
            var answer = await run.Api.DeleteAsync<MessageAnswer>($"auth/users/{user.Id}", cancellationToken);
            return (answer.Message, $"{user.Name} deleted.");
        });

    // The same for each of the users that are named; it asks first where there is a question, made from who is meant.
    private static CliCommand Each(
        string name, string description, string example, string done, Func<string, string>? question,
        Func<InvocationContext, Target, CancellationToken, Task<(string? Message, string Line)>> work)
    {
        var users = GlobalOptions.Several("user", "Usernames or ids (-: those on standard input).");
        users.CompletionSources.AddNames("auth/users", "username");
        var yes = GlobalOptions.Yes();
        return new CliCommand(name, description, example, example + " carol").With(question is null ? [users] : [users, yes])
            .Does((run, cancellationToken) => Bulk.RunNamedAsync(
                run, run.Items(run.Get(users)),
                async typed => Target.Of(await run.Names.UserAsync(typed, cancellationToken)),
                found =>
                {
                    if (question is not null)
                    {
                        run.Confirm(yes, question(found is [var only] ? only.Full : Show.Counted("user", [.. found.Select(f => f.Label)])));
                    }
                },
                async user =>
                {
                    var (message, line) = await work(run, user, cancellationToken);
                    return (new BulkResult(user.Id, user.Name, done, message), line);
                },
                (typed, user, why) => new BulkResult(user?.Id, user?.Name ?? typed, Bulk.Failed, why), cancellationToken));
    }
}
