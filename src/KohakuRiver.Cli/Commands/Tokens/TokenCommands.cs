using System.Globalization;

namespace KohakuRiver.Cli;

/// <summary><c>kohakuriver auth token</c>.</summary>
internal static class TokenCommands
{
    internal static CliCommand Build() =>
        new CliCommand(
            "token", "Manage API tokens for scripts and other machines.", "kohakuriver auth token list").With(
                List(), Create(), Revoke(), Print());

    private static CliCommand Print() => new CliCommand(
        "print", "Print the token in use, and nothing else, for another program.",
        "curl --oauth2-bearer \"$(kohakuriver auth token print)\" \"$KOHAKU_HOST/api/auth/me\"").Does((run, _) =>
    {
        var token = run.EnvironmentToken ?? run.Stored?.Token ?? throw new CliException(
            ExitCodes.NotLoggedIn, $"Not logged in to {run.Host}. Run: kohakuriver auth login --host {run.Host}");
        if (run.Terminal.OutIsTerminal)
        {
            run.Output.Warn("this is a secret: whoever sees it can do what you can. End it with: kohakuriver auth token revoke");
        }

        run.Output.Value(new TokenShown(run.Host.Key, token), () => run.Output.Line(token));
        return Task.CompletedTask;
    });

    private static CliCommand List()
    {
        var all = GlobalOptions.Flag("--all", "Everybody's (admins).");
        var user = GlobalOptions.Text("--user", "Tokens of this user (admins only).", "NAME_OR_ID");
        var limit = GlobalOptions.Limit();
        return new CliCommand(
            "list",
            "List your tokens; the tokens themselves are never shown again.",
            "kohakuriver auth token list",
            "kohakuriver auth token list --all")
            .With(all, user, limit).ShowsList().Does(async (run, cancellationToken) =>
        {
            var userId = run.Get(user) is { } name ? Show.Number((await run.Names.UserAsync(name, cancellationToken)).Id) : null;
            var tokens = await run.ListAsync<Token>(
                "auth/tokens", run.Get(limit), cancellationToken, new("owner", run.Get(all) ? "all" : null), new("user_id", userId));
            run.Output.List(
                tokens, "No tokens.",
                new Column<Token>(
                    "Id",
                    t => Show.Number(t.Id)) { IsNumber = true }, new("Name", t => t.Name), new("Starts with", t => t.Prefix) { Drop = 8 },
                new("Owner", t => t.Owner?.Username), new(
                    "Created", t => Show.Time(t.CreatedAt)) { Time = t => t.CreatedAt, Drop = 9 }, new(
                    "Last used", t => Show.Time(t.LastUsed)) { Time = t => t.LastUsed, Drop = 7 },
                new("Expires", t => Show.Time(t.ExpiresAt) ?? "never") { Time = t => t.ExpiresAt });
        });
    }

    private static CliCommand Create()
    {
        var name = GlobalOptions.Required("name", "The token's name.");
        var expires = GlobalOptions.Text("--expires", "The lifetime, like 12h, 30d or never (default: never).", "TIME");
        var stdin = GlobalOptions.Flag(
            "--password-stdin", "Read your password from standard input and create an independent token.");
        return new CliCommand(
            "create",
            "Create a token and show it once. With your password it is independent; without, it is created through the token of "
                + "this machine and ends with that "
            + "(with its expiry, its revocation, or your next login here).",
            "kohakuriver auth token create nightly --expires 30d", "kohakuriver auth token create ci --json | jq -r .token")
            .With(name, expires, stdin).Does(async (run, cancellationToken) =>
        {
            var wanted = new TokenWanted(run.Get(name), Durations.Hours(run.Get(expires), "--expires"));
            var password = run.Get(stdin) ? run.ReadStdin("password")
                : run.Terminal.CanAsk
                    ? run.AskSecret(
                        "Your password (empty: create it through this machine's token, and it ends with that)", "--password-stdin")
                    : "";
            var isChild = password.Length == 0;
            var made = isChild
                ? await run.Api.PostAsync<CreatedToken>("auth/tokens/create", wanted, cancellationToken)
                : await new LoginFlow(run).InSessionAsync(
                    "auth/login", new Credentials(
                        run.Ask(await AccountCommands.OwnNameAsync(run, cancellationToken), "Username", "a login first"), password),
                    (session, _) => session.PostAsync<CreatedToken>("auth/tokens/create", wanted, cancellationToken), cancellationToken);
            run.Output.Value(made, () => run.Output.Line(made.Token));
            var expiry = made.ExpiresAt is { } at ? $"expires {Show.Time(at)}" : "does not expire";
            run.Output.Note($"Token '{made.Name}' (id {made.Id}) {expiry}. It is shown only once.");
            if (isChild)
            {
                run.Output.Note("It was created through this machine's token and ends with it; for an independent one enter your "
                    + "password (--password-stdin).");
            }
        });
    }

    private static CliCommand Revoke()
    {
        var tokens = GlobalOptions.Several(
            "name-or-id", "Names or ids of tokens; for other users' tokens the ids (-: those on standard input).");
        var yes = GlobalOptions.Yes();
        return new CliCommand(
            "revoke", "Revoke tokens, effective on the next request.", "kohakuriver auth token revoke nightly",
            "kohakuriver auth token list --user bob --output ids | kohakuriver auth token revoke - --yes")
            .With(tokens, yes)
            .Does(async (run, cancellationToken) =>
        {
            var own = new Lazy<Task<IReadOnlyList<Token>>>(
                () => run.Api.ListAsync<Token>("auth/tokens", [], null, null, cancellationToken));
            var isOwn = false;
            var code = await Bulk.RunNamedAsync(
                run, run.Items(run.Get(tokens)), async typed => Find(await own.Value, typed),
                found => run.Confirm(yes, found is [var only]
                    ? $"Revoke the token {(only.Name is null ? $"with id {only.Id}" : $"'{only.Name}' (id {only.Id})")}"
                    : "Revoke the " + Show.Counted("token", [.. found.Select(f => f.Label)])),
                async token =>
                {
                    var answer = await InvocationContext.OrMissingAsync(
                        run.Api.DeleteAsync<MessageAnswer>($"auth/tokens/{token.Id}", cancellationToken),
                        $"There is no token {token.Id}, or none you may revoke. List them: kohakuriver auth token list");
                    isOwn |= run.Stored?.TokenId == token.Id;
                    return (new BulkResult(token.Id, token.Name, "revoked", answer.Message), $"Token {token.Label} revoked.");
                },
                (typed, token, why) => new BulkResult(token?.Id, token?.Name ?? typed, Bulk.Failed, why), cancellationToken);
            if (isOwn)
            {
                run.Output.Note("The token of this machine is among them: you are logged out.");
            }

            return code;
        });
    }

    private static Target Find(IReadOnlyList<Token> own, string text)
    {
        var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id);
        var matches = own.Where(t => string.Equals(t.Name, text, StringComparison.OrdinalIgnoreCase) || (isNumber && t.Id == id)).ToList();
        return matches switch
        {
            [var only] => new(only.Id, only.Name),
            [] when isNumber => new(id, null),
            [] => throw CliException.Failed($"You have no token '{text}'. List them: kohakuriver auth token list"),
            _ => throw CliException.Failed(
                $"Several tokens match '{text}' (ids {Show.Joined(matches.Select(t => Show.Number(t.Id)))}); revoke one by its id."),
        };
    }

    /// <param name="Host">The host it is for.</param>
    /// <param name="Token">The token.</param>
    internal sealed record TokenShown(string Host, string Token);
}
