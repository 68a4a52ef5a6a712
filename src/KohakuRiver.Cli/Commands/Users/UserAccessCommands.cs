namespace KohakuRiver.Cli;

/// <summary><c>kohakuriver users</c>: their access.</summary>
internal static class UserAccessCommands
{
    internal static CliCommand Unlock()
    {
        var user = UserCommands.UserArgument();
        return new CliCommand("unlock", "Unlock a user's password login.", "kohakuriver users unlock bob")
            .With(user)
            .Does(async (run, cancellationToken) =>
        {
            var found = await run.Names.UserAsync(run.Get(user), cancellationToken);
            await run.Api.PostAsync<MessageAnswer>($"auth/users/{found.Id}/unlock", null, cancellationToken);
            run.Output.Done($"{found.Username} may log in again.", found.Id, found.Username);
        });
    }

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
                new { new_password = fresh, must_change = run.Get(mustChange) ? true : (bool?)null },
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

    internal static CliCommand EndSessions()
    {
        var user = UserCommands.UserArgument();
        var yes = GlobalOptions.Yes();
        return new CliCommand("end-sessions", "End all sessions of a user. Tokens continue to work.", "kohakuriver users end-sessions bob")
            .With(user, yes)
            .Does(async (run, cancellationToken) =>
        {
            var found = await run.Names.UserAsync(run.Get(user), cancellationToken);
            run.Confirm(yes, $"End all sessions of {found.Username} (id {found.Id})");
            await run.Api.DeleteAsync<MessageAnswer>($"auth/users/{found.Id}/sessions", cancellationToken);
            run.Output.Done($"Sessions of {found.Username} ended.", found.Id, found.Username);
        });
    }

    internal static CliCommand Delete()
    {
        var user = UserCommands.UserArgument();
        var yes = GlobalOptions.Yes();
        return new CliCommand(
            "delete", "Delete a user with sessions, tokens, memberships and assignments. Tasks stay under the user's name.",
            "kohakuriver users delete bob").With(user, yes).Does(async (run, cancellationToken) =>
        {
            var found = await run.Names.UserAsync(run.Get(user), cancellationToken);
            run.Confirm(yes, $"Delete {found.Username} (id {found.Id}) permanently");
            await run.Api.DeleteAsync<MessageAnswer>($"auth/users/{found.Id}", cancellationToken);
            run.Output.Done($"{found.Username} deleted.", found.Id, found.Username);
        });
    }
}
