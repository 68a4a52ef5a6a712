namespace KohakuRiver.Cli;

/// <summary><c>kohakuriver auth</c>: logging in and out, and the user's own account.</summary>
internal static class AuthCommands
{
    /// <summary>What a user of the role <c>anony</c> is told.</summary>
    internal const string NoPermission = "This account has no permissions: an admin has set its role to anony. Ask an admin.";

    /// <summary>What somebody is told whose password has to be changed first.</summary>
    internal const string MustChangePassword =
        "The password of this account has to be changed before anything else. Run: kohakuriver auth password";

    internal static CliCommand Build() =>
        new CliCommand(
            "auth",
            "Log in and out, and manage your own account, tokens and sessions.",
            "kohakuriver auth login --host https://river.example.org").With(
        Login(), Logout(), Status(), WhoAmI(), RegisterCommands.Register(), RegisterCommands.Setup(), RegisterCommands.Reset(),
        AccountCommands.Password(), AccountCommands.DisplayName(), TokenCommands.Build(), SessionCommands.Build(), HostCommands.Hosts(),
        HostCommands.Use());

    private static CliCommand Login()
    {
        var username = GlobalOptions.Text("--username", "Your username.", "NAME");
        var password = new PasswordPrompts("Your password.");
        var token = GlobalOptions.Text(
            "--token",
            "Store this API token instead of creating one. Others on this machine can see it in the process list: prefer --token-stdin.",
            "TOKEN");
        var tokenStdin = GlobalOptions.Flag("--token-stdin", "Store the API token on the first line of standard input.");
        var tokenName = GlobalOptions.Text("--token-name", "The name of the new token (default: cli@ and the machine's name).", "NAME");
        var expires = GlobalOptions.Text("--expires", "The lifetime of the new token, like 12h, 30d or never (default: never).", "TIME");
        var shortName = GlobalOptions.Text("--name", "A short name for the host, for --host, KOHAKU_HOST and 'auth use'.", "NAME");
        return new CliCommand(
            "login", "Log in to a host: creates an API token for this machine and stores it. A token this command created here "
                + "before is replaced.",
            "kohakuriver auth login --host https://river.example.org --username ann",
            "printf '%s\\n' \"$PASSWORD\" | kohakuriver auth login --username ann --password-stdin",
            "kohakuriver auth login --token-stdin < token.txt")
            .With(username, password.Given, password.FromStdin, token, tokenStdin, tokenName, expires, shortName)
            .Formerly(username, "-u").Formerly(password.Given, "-p").Formerly(token, "-t")
            .Does(async (run, cancellationToken) =>
            {
                var given = run.Get(shortName) is { } text ? ShortNames.Checked(text) : null;
                await run.PrepareLoginAsync(cancellationToken);
                var flow = new LoginFlow(run);
                LoginResult result;
                if (run.Has(token) || run.Get(tokenStdin))
                {
                    if (run.Has(username)
                        || run.Has(password.Given)
                        || run.Get(password.FromStdin)
                        || run.Has(tokenName)
                        || run.Has(expires))
                    {
                        throw CliException.Usage(
                            "An existing token needs no username, password, name or expiry: use --token or --token-stdin alone.");
                    }

                    result = await flow.StoreAsync((run.Get(token) ?? run.ReadStdin("token")).Trim(), cancellationToken);
                }
                else
                {
                    var hours = Durations.Hours(run.Get(expires), "--expires");
                    if (run.Terminal.CanAsk)
                    {
                        await flow.GreetAsync(forSetup: false, cancellationToken);
                    }

                    var name = run.Ask(run.Get(username) ?? run.Get(GlobalOptions.Account), "Username", "--username");
                    var secret = password.Existing(run, "Password");
                    if (!run.Terminal.CanAsk)
                    {
                        await flow.GreetAsync(forSetup: false, cancellationToken);
                    }

                    result = await flow.LogInAsync(name, secret, run.Get(tokenName), hours, cancellationToken);
                }

                if (given is not null)
                {
                    await run.State.UpdateAsync(state => state.Naming(run.Host.Key, given), cancellationToken);
                }

                Show(run, result);
            });
    }

    /// <summary>Shows who is logged in where.</summary>
    internal static void Show(InvocationContext run, LoginResult result)
    {
        var (user, login) = result;
        run.Output.Value(
            new LoginShown(run.Host.Key, user, login.TokenId, login.TokenName, login.ExpiresAt),
            () => run.Output.Say(
                $"Logged in to {run.Host} as {user.Username} ({user.Role})"
                    + (login.TokenName is { } name ? $" with the token '{name}'." : ".")));
        WarnOfLimits(run, user);
        if (run.HasEnvironmentToken)
        {
            run.Output.Warn("KOHAKU_TOKEN is set and overrides the stored token; unset it to use this login.");
        }
    }

    private static void WarnOfLimits(InvocationContext run, User? user)
    {
        if (user?.Role == User.NoPermission)
        {
            run.Output.Warn(NoPermission);
        }

        if (user?.MustChangePassword == true)
        {
            run.Output.Warn(MustChangePassword);
        }
    }

    private static CliCommand Logout()
    {
        var revoke = GlobalOptions.Flag("--revoke", "Also revoke the token on the host, so that no copy of it works.");
        return new CliCommand("logout", "Delete the stored token of a host.", "kohakuriver auth logout --revoke").With(revoke)
            .Formerly(revoke, "-r")
            .Does(async (run, cancellationToken) =>
        {
            var login = run.Chosen(run.State.Read())
                ?? throw new CliException(ExitCodes.NotLoggedIn, $"Not logged in to {run.Host}; nothing to forget.");
            if (run.Get(revoke))
            {
                await RevokeAsync(run, login, cancellationToken);
            }

            // Another login may have replaced it in the meantime; that one stays.
            await run.State.UpdateAsync(state => state.Without(run.Host.Key, login), cancellationToken);
            var rest = run.Get(revoke)
                ? " The token is revoked."
                : $" The token '{login.TokenName}' stays valid; use --revoke to end it.";
            run.Output.Done($"Logged out of {run.Host}.{rest}", login.TokenId, login.TokenName);
        });
    }

    private static async Task RevokeAsync(InvocationContext run, HostLogin login, CancellationToken cancellationToken)
    {
        try
        {
            var api = run.Client(login.Token);
            var id = login.TokenId ?? (await LoginFlow.FindAsync(api, login.Token, cancellationToken))?.Id
                ?? throw CliException.Failed("The host does not say which token this is; revoke it by its id: kohakuriver auth token list");
            await api.DeleteAsync<MessageAnswer>($"auth/tokens/{id}", cancellationToken);
        }
        catch (CliException dead) when (dead.Status is 401 or 404)
        {
            // It no longer works, which is what was requested.
        }
    }

    private static CliCommand Status() => new CliCommand(
        "status", "Show who is logged in, with which token, and whether it still works (exit code 3 if not).",
        "kohakuriver auth status --json").Does(async (run, cancellationToken) =>
    {
        var stored = run.Stored;
        var token = run.EnvironmentToken ?? stored?.Token;
        var source = run.EnvironmentToken is not null ? "KOHAKU_TOKEN" : stored is null ? null : run.State.ShownPath;
        var known = run.EnvironmentToken is null || run.EnvironmentToken == stored?.Token ? stored : null;
        var api = run.Client(token);
        User? user = null;
        CliException? fault = null;
        Token? row = null;
        try
        {
            var me = await api.GetAsync<User>("auth/me", cancellationToken);
            user = me.Id >= 0 && token is not null ? me : null;
            row = user is null || user.Id == 0 ? null : await LoginFlow.FindAsync(api, token!, cancellationToken);
        }
        catch (CliException refused) when (refused.ExitCode == ExitCodes.NotLoggedIn)
        {
            fault = refused;
        }

        var state = user is not null ? "logged_in" : token is null ? "logged_out"
            : known?.ExpiresAt <= run.Clock.GetUtcNow() ? "expired" : "expired_or_revoked";
        var expiry = row?.ExpiresAt ?? known?.ExpiresAt;
        run.Output.Value(
            new StatusShown(
                run.Host.Key,
                state,
                user?.Username ?? known?.Username,
                user?.Role,
                row?.Id ?? known?.TokenId,
                row?.Name ?? known?.TokenName,
                expiry,
                source),
            () => run.Output.Fields(
                ("Host", run.Host.Key), (
                    "User", user?.Username ?? known?.Username), ("Role", user?.Role), ("Token", row?.Name ?? known?.TokenName),
                ("Expires", expiry is null && user is not null ? "never" : Cli.Show.Time(expiry)), ("From", source),
                ("State", state switch
                {
                    "logged_in" => "logged in",
                    "logged_out" => "not logged in",
                    "expired" => "expired",
                    _ => "expired or revoked",
                })));
        WarnOfLimits(run, user);
        if (user is null)
        {
            throw fault ?? new CliException(
                ExitCodes.NotLoggedIn, $"Not logged in to {run.Host}. Run: kohakuriver auth login --host {run.Host}");
        }
    });

    private static CliCommand WhoAmI() =>
        new CliCommand(
            "whoami", "Show your account on the host.", "kohakuriver auth whoami").Does(async (run, cancellationToken) =>
    {
        var me = await run.Api.GetAsync<User>("auth/me", cancellationToken);
        if (me.Id < 0)
        {
            throw new CliException(ExitCodes.NotLoggedIn, $"Not logged in to {run.Host}. Run: kohakuriver auth login --host {run.Host}");
        }

        run.Output.Value(me, () => UserCommands.ShowUser(run, me));
        WarnOfLimits(run, me);
    });
}
