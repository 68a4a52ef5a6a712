namespace KohakuRiver.Cli;

/// <summary>
/// From a password to a stored API token. A session is opened just long enough to create the token and to revoke the one this state file
/// held before for the same account; it always ends, so repeated logins accumulate neither tokens nor sessions.
/// </summary>
internal sealed class LoginFlow(InvocationContext run)
{
    private const int LongestName = 100;

    /// <summary>
    /// Looks whether the host is there, before anybody types a password, and says at a terminal which one it is.
    /// </summary>
    /// <param name="forSetup">Whether it is to have no user yet.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    internal async Task GreetAsync(bool forSetup, CancellationToken cancellationToken)
    {
        HostStatus? status = null;
        try
        {
            status = await run.Client(null).GetAsync<HostStatus>("auth/status", cancellationToken);
        }
        catch (CliException fault) when (fault.ExitCode == ExitCodes.Failed)
        {
            // It is there, and knows better than to tell. The login itself will show.
        }

        if (status is { SetupRequired: true } && !forSetup)
        {
            throw CliException.Failed(
                $"Nobody has an account on {run.Host} yet. Open the setup link that it printed when it started, or run: "
                + $"kohakuriver auth setup --host {run.Host}");
        }

        if (run.Terminal.CanAsk)
        {
            run.Output.Note($"Host: {run.Host}");
        }
    }

    /// <summary>
    /// Logs in with a password. Where it has to be changed first, a new one is asked for at a terminal; elsewhere the login fails and says
    /// what to do.
    /// </summary>
    internal async Task<LoginResult> LogInAsync(
        string username, string password, string? tokenName, int? hours, CancellationToken cancellationToken)
    {
        var credentials = new Credentials(username, password);
        if (await WithSessionAsync("auth/login", credentials, null, tokenName, hours, cancellationToken) is { } login)
        {
            return login;
        }

        if (!run.Terminal.CanAsk)
        {
            throw CliException.Failed(
                $"Logged in to {run.Host} as {username}, and out again without a token. {AuthCommands.MustChangePassword}"
                + $" --username {username}");
        }

        // Asked between two sessions: nothing is said at the prompt while the tool shows that it works, and no session waits for it.
        run.Output.Note("Your password has to be changed before anything else. Choose one that only you know.");
        var change = new PasswordChange(password, PasswordPrompts.AskTwice(run, "New password"));
        return await WithSessionAsync("auth/login", credentials, change, tokenName, hours, cancellationToken)
            ?? throw CliException.Failed(AuthCommands.MustChangePassword);
    }

    /// <summary>Creates an account, which also logs in.</summary>
    internal async Task<LoginResult> RegisterAsync(Registration registration, string? tokenName, CancellationToken cancellationToken) =>
        await WithSessionAsync("auth/register", registration, null, tokenName, null, cancellationToken)
            ?? throw CliException.Failed(AuthCommands.MustChangePassword);

    /// <summary>Stores an existing token.</summary>
    internal async Task<LoginResult> StoreAsync(string token, CancellationToken cancellationToken)
    {
        var api = run.Client(token);
        User user;
        try
        {
            user = await api.GetAsync<User>("auth/me", cancellationToken);
        }
        catch (CliException refused) when (refused.ExitCode == ExitCodes.NotLoggedIn)
        {
            throw CliException.Failed($"{run.Host} refuses this token: it is invalid, has expired or was revoked.");
        }

        var known = await FindAsync(api, token, cancellationToken);
        var login = new HostLogin
        {
            Token = token,
            TokenId = known?.Id,
            TokenName = known?.Name,
            ExpiresAt = known?.ExpiresAt,
            UserId = user.Id,
            Username = user.Username,
            MadeByLogin = false,
        };
        var before = await run.State.StoreAsync(run.Host.Key, login, cancellationToken);
        if (before.FindSame(run.Host.Key, login) is { } old && old.Token != token)
        {
            await RevokeOldAsync(old, session: null, cancellationToken);
        }

        return new LoginResult(user, login);
    }

    /// <summary>Opens a session, uses it, and ends it.</summary>
    internal async Task<T> InSessionAsync<T>(
        string path, object body, Func<ApiClient, User, Task<T>> work, CancellationToken cancellationToken)
    {
        var session = run.SessionClient();
        LoginAnswer answer;
        try
        {
            answer = await session.PostAsync<LoginAnswer>(path, body, cancellationToken);
        }
        catch (CliException refused) when (refused.Status == 401)
        {
            throw CliException.Failed("Wrong username or password.");
        }

        try
        {
            return await work(session, answer.User);
        }
        finally
        {
            await EndAsync(session);
        }
    }

    /// <summary>
    /// Finds the token among the user's tokens by its first characters. Null where the host does not list it, as for a user without
    /// permissions.
    /// </summary>
    internal static async Task<Token?> FindAsync(ApiClient api, string token, CancellationToken cancellationToken)
    {
        IReadOnlyList<Token> all;
        try
        {
            all = await api.ListAsync<Token>("auth/tokens", [], null, null, cancellationToken);
        }
        catch (CliException refused) when (refused.Status == 403)
        {
            return null;
        }

        return all.Where(t => t.Prefix is { Length: > 0 } start && token.StartsWith(start, StringComparison.Ordinal))
            .Take(2)
            .ToList() is [var only]
            ? only
            : null;
    }

    /// <summary>The login; null where the password has to be changed first and no change was given.</summary>
    private async Task<LoginResult?> WithSessionAsync(
        string path, object body, PasswordChange? change, string? tokenName, int? hours, CancellationToken cancellationToken) =>
        await run.Output.WhileAsync($"Logging in to {run.Host}", _ => InSessionAsync<LoginResult?>(path, body, async (session, user) =>
        {
            if (user.MustChangePassword == true)
            {
                if (change is null)
                {
                    return null;
                }

                await session.PostAsync<MessageAnswer>("auth/password", change, cancellationToken);
                user = user with { MustChangePassword = null };
            }

            if (user.Role == User.NoPermission)
            {
                throw CliException.Failed(
                    $"Logged in to {run.Host} as {user.Username}, and out again without a token. {AuthCommands.NoPermission}");
            }

            var name = tokenName ?? DefaultName();
            var made = await session.PostAsync<CreatedToken>("auth/tokens/create", new TokenWanted(name, hours), cancellationToken);
            var login = new HostLogin
            {
                Token = made.Token,
                TokenId = made.Id,
                TokenName = made.Name,
                ExpiresAt = made.ExpiresAt,
                UserId = user.Id,
                Username = user.Username,
                MadeByLogin = true,
            };
            var before = await KeepAsync(session, login, cancellationToken);
            if (before.FindSame(run.Host.Key, login) is { } old)
            {
                await RevokeOldAsync(old, session, cancellationToken);
            }

            return new LoginResult(user, login);
        }, cancellationToken));

    // A token that cannot be stored would be one nobody knows of.
    private async Task<AuthState> KeepAsync(ApiClient session, HostLogin login, CancellationToken cancellationToken)
    {
        try
        {
            return await run.State.StoreAsync(run.Host.Key, login, cancellationToken);
        }
        catch (Exception)
        {
            await session.DeleteAsync<MessageAnswer>($"auth/tokens/{login.TokenId}", CancellationToken.None);
            throw;
        }
    }

    // The login that replaced it in the state file revokes it: each of several parallel logins finds another one there.
    private async Task RevokeOldAsync(HostLogin old, ApiClient? session, CancellationToken cancellationToken)
    {
        if (!old.MadeByLogin || old.TokenId is not { } id)
        {
            return;
        }

        try
        {
            await (session ?? run.Client(old.Token)).DeleteAsync<MessageAnswer>($"auth/tokens/{id}", cancellationToken);
        }
        catch (CliException gone) when (gone.Status is 401 or 404)
        {
            // It was already revoked or expired.
        }
        catch (CliException fault)
        {
            run.Output.Warn(
                $"The earlier token '{old.TokenName}' is still valid ({fault.Message}) Revoke it: kohakuriver auth token revoke {id}");
        }
    }

    private async Task EndAsync(ApiClient session)
    {
        try
        {
            await session.PostAsync<MessageAnswer>("auth/logout", null, CancellationToken.None);
        }
        catch (CliException fault)
        {
            run.Output.Warn(
                $"The session of this login could not be ended ({fault.Message}) It expires by itself. See: kohakuriver auth session list");
        }
    }

    private string DefaultName()
    {
        var machine = new string([.. run.MachineName.Where(c => !char.IsControl(c))]);
        var name = "cli@" + (machine.Length > 0 ? machine : "unknown");
        return name.Length > LongestName ? name[..LongestName] : name;
    }
}
