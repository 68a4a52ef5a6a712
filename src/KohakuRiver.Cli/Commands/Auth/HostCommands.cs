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
                new KnownHost(host, index == 0 && host == state.Current, login.Username, login.TokenName, login.ExpiresAt)))
            .ToList();
        run.Output.List(
            rows, "No hosts. Run: kohakuriver auth login --host URL",
            new Column<KnownHost>("Current", h => h.Current ? "*" : ""), new("Host", h => h.Host), new("User", h => h.Username),
            new("Token", h => h.TokenName) { Drop = 9 }, new("Expires", h => Show.Time(h.ExpiresAt)) { Time = h => h.ExpiresAt, Drop = 8 });
        return Task.CompletedTask;
    });

    internal static CliCommand Use()
    {
        var host = GlobalOptions.Required("host", "The address, as shown by 'auth hosts'.");
        host.CompletionSources.AddHosts();
        return new CliCommand(
            "use", "Set the default host, and with --account the account used there.", "kohakuriver auth use https://river.example.org",
            "kohakuriver auth use https://river.example.org --account ann").With(host)
            .Does(async (run, cancellationToken) =>
        {
            var key = HostAddress.Parse(run.Get(host)).Key;
            var name = run.Get(GlobalOptions.Account);
            await run.State.UpdateAsync(
                state => (name is null ? state.Find(key) : state.Find(key, name)) is { } login
                    ? state.With(key, login)
                    : throw new CliException(
                        ExitCodes.NotLoggedIn,
                        $"{(name is null ? "Not" : name + " is not")} logged in to {key}. Run: kohakuriver auth login --host {key}"),
                cancellationToken);
            run.Output.Done($"The default host is now {key}{(name is null ? "" : $", as {name}")}.", null, key);
        });
    }

    /// <param name="Host">The host's address.</param>
    /// <param name="Current">Whether it is the default host, and the account in use there.</param>
    /// <param name="Username">The user logged in.</param>
    /// <param name="TokenName">The name of the token.</param>
    /// <param name="ExpiresAt">When the token expires.</param>
    private sealed record KnownHost(string Host, bool Current, string? Username, string? TokenName, DateTimeOffset? ExpiresAt);
}
