namespace KohakuRiver.Cli;

/// <summary>The user's own password and name.</summary>
internal static class AccountCommands
{
    internal static CliCommand Password()
    {
        var username = GlobalOptions.Text("--username", "The account (default: the one logged in).", "NAME");
        var stdin = GlobalOptions.Flag(
            "--password-stdin", "Read the current password from the first line of standard input, the new one from the second.");
        return new CliCommand(
            "password", "Change your password. Asks for the current one (a token may not change a password), ends your other sessions "
                + "and keeps your tokens.",
            "kohakuriver auth password").With(username, stdin).Does(async (run, cancellationToken) =>
        {
            var known = run.Get(username) ?? await OwnNameAsync(run, cancellationToken);
            await new LoginFlow(run).GreetAsync(forSetup: false, cancellationToken);
            var who = run.Ask(known, "Username", "--username");
            var current = run.Get(stdin) ? run.ReadStdin("password") : run.AskSecret("Current password", "--password-stdin");
            var fresh = run.Get(stdin) ? run.ReadStdin("new password") : PasswordPrompts.AskTwice(run, "New password");
            var done = await new LoginFlow(run).InSessionAsync(
                "auth/login", new Credentials(who, current),
                (session, _) => session.PostAsync<MessageAnswer>(
                    "auth/password", new PasswordChange(current, fresh), cancellationToken),
                cancellationToken);
            run.Output.Done(done.Message ?? "Password changed.", null, who);
        });
    }

    internal static CliCommand DisplayName()
    {
        var name = GlobalOptions.Required("name", "The new display name.");
        return new CliCommand("display-name", "Change your display name.", "kohakuriver auth display-name 'Ann Lee'").With(name)
            .Does(async (run, cancellationToken) =>
        {
            var me = await run.Api.PatchAsync<User>("auth/me", new AccountChange(run.Get(name)), cancellationToken);
            run.Output.Value(me, () => run.Output.Say($"Your display name is now {me.DisplayName}."));
        });
    }

    /// <summary>The name of the user logged in; null where there is none, or the token is invalid.</summary>
    internal static async Task<string?> OwnNameAsync(InvocationContext run, CancellationToken cancellationToken)
    {
        var stored = run.EnvironmentToken is null ? run.Stored?.Username : null;
        if (stored is not null)
        {
            return stored;
        }

        try
        {
            var me = await run.Api.GetAsync<User>("auth/me", cancellationToken);
            return me.Id > 0 ? me.Username : null;
        }
        catch (CliException fault) when (fault.ExitCode == ExitCodes.NotLoggedIn)
        {
            return null;
        }
    }
}
