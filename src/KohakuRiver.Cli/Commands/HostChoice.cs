using System.CommandLine;

namespace KohakuRiver.Cli;

/// <summary>The host that a command talks to, and who named it.</summary>
/// <param name="Address">The host.</param>
/// <param name="From">The option, the variable or the file that named it; null where nobody did.</param>
/// <param name="IsNamed">Whether whoever runs the command named it, by an option or a variable.</param>
internal sealed record HostChoice(HostAddress Address, string? From, bool IsNamed)
{
    private const string Variable = "KOHAKU_HOST";

    /// <summary>
    /// The first of: options, <c>KOHAKU_HOST</c>, the original's variables, the state file's default host, this machine. The original's
    /// port alone names no host: it counts where nothing else does.
    /// </summary>
    internal static HostChoice Of(ParseResult parse, Func<string, string?> environment, StateFile state, bool isLogin)
    {
        var host = parse.GetValue(GlobalOptions.Host);
        var former = parse.GetValue(GlobalOptions.FormerHost);
        var port = parse.GetValue(GlobalOptions.FormerPort);
        if (former is not null || port is not null)
        {
            return new(
                FormerAddress.Of(host ?? former ?? environment(FormerAddress.HostVariable), port, "--port"), "--host", IsNamed: true);
        }

        if (host is not null)
        {
            return OfText(host, "--host", state);
        }

        if (environment(Variable) is { Length: > 0 } named)
        {
            return OfText(named, Variable, state);
        }

        var old = FormerAddress.OfEnvironment(environment);
        return old is not null && !string.IsNullOrWhiteSpace(environment(FormerAddress.HostVariable))
            ? new(old, FormerAddress.HostVariable, IsNamed: true)
            : (isLogin ? state.ReadOrEmpty() : state.Read()).Current is { } current ? new(
                HostAddress.Parse(current), state.ShownPath, IsNamed: false)
            : old is not null ? new(old, FormerAddress.PortVariable, IsNamed: true)
            : new(HostAddress.Parse(HostAddress.Default) with { IsAssumed = true }, null, IsNamed: false);
    }

    // What a short name stands for is in a file.
    private static HostChoice OfText(string text, string from, StateFile state) => ShortNames.Find(text, state) is { } known
        ? new(known, $"{from} {text}, which is a name in {state.ShownPath}", IsNamed: false)
        : new(HostAddress.Parse(text), from, IsNamed: true);
}
