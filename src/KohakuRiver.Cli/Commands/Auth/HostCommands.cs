namespace KohakuRiver.Cli;

/// <summary>The hosts of the state file.</summary>
internal static class HostCommands
{
    internal static CliCommand Hosts() =>
        new CliCommand("hosts", "List the hosts you are logged in to on this machine.", "kohakuriver auth hosts").Does((run, _) =>
    {
        var state = run.State.Read();
        var rows = state.Hosts.OrderBy(h => h.Key, StringComparer.Ordinal)
            .Select(h => new KnownHost(h.Key, h.Key == state.Current, h.Value.Username, h.Value.TokenName, h.Value.ExpiresAt)).ToList();
        run.Output.List(
            rows, "No hosts. Run: kohakuriver auth login --host URL",
            new Column<KnownHost>("Current", h => h.Current ? "*" : ""), new("Host", h => h.Host), new("User", h => h.Username),
            new("Token", h => h.TokenName), new("Expires", h => Show.Time(h.ExpiresAt)));
        return Task.CompletedTask;
    });

    internal static CliCommand Use()
    {
        var host = GlobalOptions.Required("host", "The address, as shown by 'auth hosts'.");
        return new CliCommand("use", "Set the default host.", "kohakuriver auth use https://river.example.org").With(host)
            .Does(async (run, cancellationToken) =>
        {
            var key = HostAddress.Parse(run.Get(host)).Key;
            await run.State.UpdateAsync(
                state => state.Find(key) is null
                    ? throw new CliException(ExitCodes.NotLoggedIn, $"Not logged in to {key}. Run: kohakuriver auth login --host {key}")
                    : state with { Current = key },
                cancellationToken);
            run.Output.Done($"The default host is now {key}.", null, key);
        });
    }

    /// <param name="Host">The host's address.</param>
    /// <param name="Current">Whether it is the default host.</param>
    /// <param name="Username">The user logged in.</param>
    /// <param name="TokenName">The name of the token.</param>
    /// <param name="ExpiresAt">When the token expires.</param>
    private sealed record KnownHost(string Host, bool Current, string? Username, string? TokenName, DateTimeOffset? ExpiresAt);
}
