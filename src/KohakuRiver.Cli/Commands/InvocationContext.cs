using System.CommandLine;

namespace KohakuRiver.Cli;

/// <summary>One run of a command: its arguments, host, credential and output.</summary>
internal sealed class InvocationContext(CliContext context, ParseResult parse) : IDisposable
{
    private const int RowsAtFirst = 50;
    private const string TokenVariable = "KOHAKU_TOKEN";
    private readonly List<ApiClient> clients = [];
    private HostChoice? host;
    private bool isLogin;
    private Certificates? certificates;
    private ApiClient? api;

    internal OutputWriter Output { get; } = new(
        context.Terminal, context.Clock,
        GlobalOptions.FormatOf(parse),
        Colours.Wanted(parse.GetValue(GlobalOptions.NoColour), context.Environment))
    {
        View = GlobalOptions.ViewOf(parse),
        IsQuiet = parse.GetValue(GlobalOptions.Quiet),
        HasJsonErrors = GlobalOptions.WantsJsonErrors(parse),
    };

    internal ITerminal Terminal => context.Terminal;

    internal StateFile State => context.State;

    internal TimeProvider Clock => context.Clock;

    /// <summary>How long the host may take to respond.</summary>
    internal TimeSpan Timeout => TimeSpan.FromSeconds(parse.GetValue(GlobalOptions.TimeoutSeconds));

    internal string MachineName => context.MachineName;

    /// <summary>Whether there is a token in the environment.</summary>
    internal bool HasEnvironmentToken => !string.IsNullOrWhiteSpace(context.Environment(TokenVariable));

    /// <summary>
    /// The token from the environment; null when there is none. Throws a usage error where nobody named the host it is for: a file that
    /// somebody else could have written, or a program that happens to listen here, must not receive it.
    /// </summary>
    internal string? EnvironmentToken
    {
        get
        {
            if (!HasEnvironmentToken)
            {
                return null;
            }

            _ = Host;
            return host!.IsNamed
                ? context.Environment(TokenVariable)!.Trim()
                : throw CliException.Usage($"{TokenVariable} is set, but not the host it is for: set KOHAKU_HOST, too, or use --host URL.");
        }
    }

    /// <summary>
    /// <c>--host</c>, else <c>KOHAKU_HOST</c>, else the original's variables, else the default host of the state file, else the default
    /// address on this machine.
    /// </summary>
    internal HostAddress Host => (host ??= ChooseHost()).Address;

    /// <summary>Who named the host; null where nobody did.</summary>
    internal string? HostFrom
    {
        get
        {
            _ = Host;
            return host!.From;
        }
    }

    /// <summary>The certificates as far as calls have seen them.</summary>
    internal Certificates Certificates => certificates ??= Certificates.Of(Get(GlobalOptions.CaFile), context.Environment);

    /// <summary>
    /// What is stored for the host; null for nothing. Whoever brings a token along needs no place to store one.
    /// </summary>
    internal HostLogin? Stored => State.HasPlace || !HasEnvironmentToken ? Chosen(State.Read()) : null;

    /// <summary>The login of the account in use; null where nobody is logged in. Throws where <c>--account</c> names one that is
    /// not.</summary>
    internal HostLogin? Chosen(AuthState state) => Get(GlobalOptions.Account) is not { } name ? state.Find(Host.Key)
        : state.Find(Host.Key, name) ?? throw new CliException(
            ExitCodes.NotLoggedIn, $"{name} is not logged in to {Host} on this machine. See: kohakuriver auth hosts");

    /// <summary>
    /// A client with the token in force. Without a token calls are anonymous, and the host decides whether that is enough.
    /// </summary>
    internal ApiClient Api => api ??= Client(EnvironmentToken ?? Stored?.Token);

    /// <summary>An environment variable; null when it is not set.</summary>
    internal string? Variable(string name) => context.Environment(name);

    internal NameResolver Names => new(Api);

    internal T? Get<T>(Option<T> option) => parse.GetValue(IsTyped(option) ? option : FormerOf(option) ?? option);

    internal T Get<T>(Argument<T> argument) => parse.GetRequiredValue(argument);

    /// <summary>Whether the option was typed, in our spelling or in the original's.</summary>
    internal bool Has<T>(Option<T> option) => IsTyped(option) || FormerOf(option) is not null;

    /// <summary>A client with this token, or without one.</summary>
    internal ApiClient Client(string? token) => Kept(ApiClient.WithToken(Host, token, CallOptions));

    /// <summary>A client for a short session.</summary>
    internal ApiClient SessionClient() => Kept(ApiClient.WithSession(Host, CallOptions));

    /// <summary>
    /// How many rows to show: what was asked for; else, of lists that have <c>--all</c>, as many as a reader wants at first; null for all.
    /// </summary>
    /// <param name="limit">The command's option.</param>
    /// <param name="usual">As many as that; null for some on a terminal, and all elsewhere.</param>
    internal int? Most(Option<int?> limit, int? usual = null) => Get(limit) is { } asked ? asked
        : GlobalOptions.OfCommand<AllRowsOption>(parse) is not { } all || Get(all) ? null
        : usual ?? (Terminal.OutIsTerminal && !Output.IsData ? RowsAtFirst : null);

    /// <summary>A list, with progress for several pages. Where it is longer than what is shown without being asked, that is said.</summary>
    internal async Task<IReadOnlyList<T>> ListAsync<T>(
        string path, int? most, CancellationToken cancellationToken, params IEnumerable<KeyValuePair<string, string?>> query)
    {
        string? all = null;
        var rows = await Output.WhileAsync($"Reading from {Host}", progress =>
            Api.ListAsync<T>(
                path, query, most,
                (count, total) =>
                {
                    all = total;
                    progress($"Reading from {Host}: {count}{(total is null ? "" : " of " + total)}");
                },
                cancellationToken));
        var isAsked = parse.CommandResult.Command.Options.OfType<Option<int?>>().Any(o => o.Name == "--limit" && Has(o));
        if (rows.Count == most && !isAsked && all != Show.Number(rows.Count))
        {
            Output.AfterList = $"Showing {rows.Count}{(all is null ? "" : " of " + all)}; --all shows all of them.";
        }

        return rows;
    }

    /// <summary>The call, with a message for "not found".</summary>
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

    /// <summary>
    /// For commands that end in a login: finds the host, and that the login can be stored, before anybody is asked for a password.
    /// </summary>
    internal async Task PrepareLoginAsync(CancellationToken cancellationToken)
    {
        isLogin = true;
        _ = Host;
        await State.RequireWritableAsync(cancellationToken);
    }

    /// <summary>
    /// Work that shows what comes until it is stopped. It ends, too, when nobody reads any longer; other work, which may be changing
    /// something, does not.
    /// </summary>
    internal async Task<int> FollowAsync(Func<CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (isRead, isOver) = (true, false);
        using var watch = Terminal.WhenOutCloses(() =>
        {
            lock (stop)
            {
                isRead = false;
                if (!isOver)
                {
                    stop.Cancel();
                }
            }
        });
        try
        {
            var code = await work(stop.Token);
            return isRead ? code : ExitCodes.OutputClosed;
        }
        catch (OperationCanceledException) when (!isRead)
        {
            return ExitCodes.OutputClosed;
        }
        finally
        {
            lock (stop)
            {
                isOver = true;
            }
        }
    }

    /// <summary>Asks for confirmation before something destructive.</summary>
    /// <param name="yes">The command's <c>--yes</c> option.</param>
    /// <param name="what">What will happen, as a question without its question mark: "Delete user ann".</param>
    internal void Confirm(Option<bool> yes, string what)
    {
        if (Get(yes))
        {
            return;
        }

        if (!Terminal.CanAsk)
        {
            throw CliException.Usage($"{what}? No terminal to ask for confirmation; add --yes to continue.");
        }

        if (Terminal.ReadLine(SafeText.Line(what) + "? [y/N] ")?.Trim().ToUpperInvariant() is not ("Y" or "YES"))
        {
            throw CliException.Failed("Cancelled. Nothing was changed.");
        }
    }

    /// <summary>The value passed, or what is typed now.</summary>
    /// <param name="given">The value passed; null or empty for none.</param>
    /// <param name="label">The prompt.</param>
    /// <param name="how">How to pass it without a prompt, for example "--username".</param>
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

    /// <summary>Asks for input that is not echoed. An empty answer is accepted.</summary>
    internal string AskSecret(string label, string how)
    {
        RequireSomebody(label, how);
        return Terminal.ReadSecret(SafeText.Line(label) + ": ") ?? throw CliException.Usage("No input.");
    }

    /// <summary>A line of standard input.</summary>
    internal string ReadStdin(string what) =>
        Terminal.ReadLine() is { Length: > 0 } line ? line : throw CliException.Usage($"There is no {what} on standard input.");

    /// <summary>
    /// What was named, where <c>-</c> stands for all lines of standard input; without blank lines. Nothing is asked then: there is nobody
    /// to answer.
    /// </summary>
    internal string[] Items(string[] given)
    {
        var items = new List<string>();
        foreach (var item in given)
        {
            if (item != "-")
            {
                items.Add(item);
                continue;
            }

            while (Terminal.ReadLine() is { } line)
            {
                if (line.Trim() is { Length: > 0 } text)
                {
                    items.Add(text);
                }
            }
        }

        return [.. items];
    }

    public void Dispose()
    {
        foreach (var client in clients)
        {
            client.Dispose();
        }
    }

    private ApiCallOptions CallOptions => new(
        Timeout, Clock, Output.Note, Certificates,
        Output.ShowsProgress ? call => Output.WhileAsync($"Waiting for {Host}", _ => call()) : null);

    private void RequireSomebody(string label, string how)
    {
        if (!Terminal.CanAsk)
        {
            throw CliException.Usage($"{label} is missing, and there is no terminal to ask; pass it with {how}.");
        }
    }

    private HostChoice ChooseHost()
    {
        var found = HostChoice.Of(parse, context.Environment, State, isLogin);
        if (found.Address.IsExposed)
        {
            Output.Warn($"{found.Address} is not encrypted: passwords and tokens can be intercepted. Use https.");
        }

        return found;
    }

    private bool IsTyped(Option option) => parse.GetResult(option) is { Implicit: false };

    private FormerOption<T>? FormerOf<T>(Option<T> option) => parse.CommandResult.Command.Options.OfType<FormerOption<T>>()
        .FirstOrDefault(o => o.StandsFor == option && IsTyped(o));

    private ApiClient Kept(ApiClient client)
    {
        clients.Add(client);
        return client;
    }
}
