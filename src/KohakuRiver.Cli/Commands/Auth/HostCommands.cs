namespace KohakuRiver.Cli;

/// <summary>The hosts and accounts of the state file.</summary>
internal static class HostCommands
{
    internal static CliCommand Hosts() =>
        new CliCommand("hosts", "List the hosts and accounts you are logged in to on this machine.", "kohakuriver auth hosts")
            .ShowsList()
            .Does((run, _) =>
    {
        var state = run.State.Read();
        var rows = state.Hosts.Keys.Order(StringComparer.Ordinal)
            .SelectMany(host => state.AllOf(host).Select((login, index) =>
                new KnownHost(host, index == 0 && host == state.Current, login.Username, login.TokenName, login.ExpiresAt,
                    state.NameOf(host))))
            .ToList();
        run.Output.List(
            rows, "No hosts. Run: kohakuriver auth login --host URL",
            new Column<KnownHost>(
                "Current", h => h.Current ? "*" : ""), new("Host", h => h.Host), new("Name", h => h.Name), new("User", h => h.Username),
            new("Token", h => h.TokenName) { Drop = 9 }, new("Expires", h => Show.Time(h.ExpiresAt)) { Time = h => h.ExpiresAt, Drop = 8 });
        return Task.CompletedTask;
    });

    internal static CliCommand Use()
    {
        var host = GlobalOptions.Required("host", "The address or the short name, as shown by 'auth hosts'.");
        host.CompletionSources.AddHosts();
        var shortName = GlobalOptions.Text(
            "--name", "A short name for the host, for --host, KOHAKU_HOST and 'auth use'; replaces the one it had.", "NAME");
        return new CliCommand(
            "use", "Set the default host, and with --account the account used there.", "kohakuriver auth use https://river.example.org",
            "kohakuriver auth use https://river.example.org --account ann",
            "kohakuriver auth use https://river.example.org --name prod", "kohakuriver auth use prod").With(host, shortName)
            .Does(async (run, cancellationToken) =>
        {
            var key = (ShortNames.Find(run.Get(host), run.State) ?? HostAddress.Parse(run.Get(host))).Key;
            var given = run.Get(shortName) is { } text ? ShortNames.Checked(text) : null;
            var name = run.Get(GlobalOptions.Account);
            await run.State.UpdateAsync(
                state => (name is null ? state.Find(key) : state.Find(key, name)) is { } login
                    ? given is null ? state.With(key, login) : state.With(key, login).Naming(key, given)
                    : throw new CliException(
                        ExitCodes.NotLoggedIn,
                        $"{(name is null ? "Not" : name + " is not")} logged in to {key}. Run: kohakuriver auth login --host {key}"),
                cancellationToken);
            var (account, called) = (name is null ? "" : $", as {name}", given is null ? "" : $", and called {given}");
            run.Output.Done($"The default host is now {key}{account}{called}.", null, key);
        });
    }

    /// <param name="Host">The host's address.</param>
    /// <param name="Current">Whether it is the default host, and the account in use there.</param>
    /// <param name="Username">The user logged in.</param>
    /// <param name="TokenName">The name of the token.</param>
    /// <param name="ExpiresAt">When the token expires.</param>
    /// <param name="Name">The short name of the host.</param>
    internal sealed record KnownHost(
        string Host, bool Current, string? Username, string? TokenName, DateTimeOffset? ExpiresAt, string? Name);
}
