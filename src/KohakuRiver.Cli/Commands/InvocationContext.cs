using System.CommandLine;

namespace KohakuRiver.Cli;

/// <summary>One run of one command: what was typed, where it goes, as whom, and how its result is shown.</summary>
internal sealed class InvocationContext(CliContext context, ParseResult parse) : IDisposable
{
    private readonly List<ApiClient> clients = [];
    private HostAddress? host;
    private ApiClient? api;

    internal OutputWriter Output { get; } = new(
        context.Terminal, context.Clock, parse.GetValue(GlobalOptions.Json), string.IsNullOrEmpty(context.Environment("NO_COLOR"))
            && context.Environment("TERM") != "dumb");

    internal ITerminal Terminal => context.Terminal;

    internal StateFile State => context.State;

    internal TimeProvider Clock => context.Clock;

    /// <summary>How long the host may take to answer.</summary>
    internal TimeSpan Timeout => TimeSpan.FromSeconds(parse.GetValue(GlobalOptions.TimeoutSeconds));

    internal string MachineName => context.MachineName;

    /// <summary>The token of the environment; null when there is none.</summary>
    internal string? EnvironmentToken => context.Environment("KOHAKU_TOKEN") is { Length: > 0 } token ? token.Trim() : null;

    /// <summary>
    /// <c>--host</c>, else <c>KOHAKU_HOST</c>, else the current host of the state file, else the usual one on this machine.
    /// </summary>
    internal HostAddress Host => host ??= FindHost();

    /// <summary>The host with the token in force. Without one it goes as nobody, and the host says whether that is enough.</summary>
    internal ApiClient Api => api ??= Client(EnvironmentToken ?? State.Read().Find(Host.Key)?.Token);

    /// <summary>A variable of the environment; null when it is not set.</summary>
    internal string? Variable(string name) => context.Environment(name);

    internal NameResolver Names => new(Api);

    internal T? Get<T>(Option<T> option) => parse.GetValue(option);

    internal T Get<T>(Argument<T> argument) => parse.GetRequiredValue(argument);

    internal bool Has(Option option) => parse.GetResult(option) is { Implicit: false };

    /// <summary>A client that goes with this token, or without any.</summary>
    internal ApiClient Client(string? token) => Kept(ApiClient.WithToken(Host, token, CallOptions));

    /// <summary>A client for a short session of its own.</summary>
    internal ApiClient SessionClient() => Kept(ApiClient.WithSession(Host, CallOptions));

    /// <summary>A whole list, with progress where it takes several pages.</summary>
    internal Task<IReadOnlyList<T>> ListAsync<T>(
        string path, int? most, CancellationToken cancellationToken, params IEnumerable<KeyValuePair<string, string?>> query) =>
        Output.WhileAsync($"Reading from {Host}", progress =>
            Api.ListAsync<T>(path, query, most, (count, total) => progress($"Reading from {Host}: {count}{(total is null ? "" : " of " + total)}"), cancellationToken));

    /// <summary>The call, where "not found" says what was not found.</summary>
    internal static async Task<T> OrMissingAsync<T>(Task<T> call, string missing)
    {
        try
        {
            return await call;
        }
        catch (CliException fault) when (ApiClient.IsMissing(fault))
        {
            throw new CliException(ExitCodes.Failed, missing, fault.Status, fault);
        }
    }

    /// <summary>Asks before something is taken away.</summary>
    /// <param name="yes">The command's <c>--yes</c>.</param>
    /// <param name="what">What will happen, as a question without its mark: "Delete user ann".</param>
    internal void Confirm(Option<bool> yes, string what)
    {
        if (Get(yes))
        {
            return;
        }

        if (!Terminal.CanAsk)
        {
            throw CliException.Usage($"{what}? There is nobody to ask; add --yes to go ahead.");
        }

        if (Terminal.ReadLine(SafeText.Line(what) + "? [y/N] ")?.Trim().ToUpperInvariant() is not ("Y" or "YES"))
        {
            throw CliException.Failed("Not done: the answer was no.");
        }
    }

    /// <summary>What was given, or what is typed now.</summary>
    /// <param name="given">Null or empty where nothing was.</param>
    /// <param name="label">What is asked for.</param>
    /// <param name="how">How to give it where nobody can be asked, for example "--username".</param>
    internal string Ask(string? given, string label, string how)
    {
        if (!string.IsNullOrEmpty(given))
        {
            return given;
        }

        RequireSomebody(label, how);
        return Terminal.ReadLine(SafeText.Line(label) + ": ")?.Trim() is { Length: > 0 } typed
            ? typed
            : throw CliException.Usage($"No {label.ToLowerInvariant()} given.");
    }

    /// <summary>Asks for something that is not shown while it is typed. An empty answer is an answer.</summary>
    internal string AskSecret(string label, string how)
    {
        RequireSomebody(label, how);
        return Terminal.ReadSecret(SafeText.Line(label) + ": ") ?? throw CliException.Usage("Nothing was typed.");
    }

    /// <summary>A line of standard input.</summary>
    internal string ReadStdin(string what) =>
        Terminal.ReadLine() is { Length: > 0 } line ? line : throw CliException.Usage($"There is no {what} on standard input.");

    public void Dispose()
    {
        foreach (var client in clients)
        {
            client.Dispose();
        }
    }

    private ApiCallOptions CallOptions => new(Timeout, Clock, Output.Note);

    private void RequireSomebody(string label, string how)
    {
        if (!Terminal.CanAsk)
        {
            throw CliException.Usage($"{label} is missing, and there is nobody to ask; give it by {how}.");
        }
    }

    private HostAddress FindHost()
    {
        var named = Get(GlobalOptions.Host) ?? (context.Environment("KOHAKU_HOST") is { Length: > 0 } set ? set : null);
        var found = HostAddress.Parse(named ?? State.Read().Current ?? HostAddress.Default);
        if (found.IsExposed)
        {
            Output.Warn($"{found} is not encrypted: passwords and tokens can be read on the way. Use https.");
        }

        return found;
    }

    private ApiClient Kept(ApiClient client)
    {
        clients.Add(client);
        return client;
    }
}
