using System.CommandLine;

namespace KohakuRiver.Cli;

/// <summary><c>kohakuriver help</c>, which is <c>--help</c> for those who look for a command.</summary>
internal static class HelpCommand
{
    internal const string Name = "help";

    internal static CliCommand Build()
    {
        var words = new Argument<string[]>("command")
        {
            Description = "The command that help is wanted on (default: all of them).",
            Arity = ArgumentArity.ZeroOrMore,
        };
        return new CliCommand(Name, "Show help on a command.", "kohakuriver help tasks submit").With(words).Does((_, _) =>
            throw new InvalidOperationException("Answered before the command runs."));
    }

    /// <summary>"help users list" is "users list --help"; anything else stays as it is.</summary>
    internal static IReadOnlyList<string> Unfold(IReadOnlyList<string> typed) =>
        typed.Count == 0 ? ["--help"]
        : typed[0] == Name && !typed.Any(t => t.StartsWith('-')) ? [.. typed.Skip(1), "--help"]
        : typed;
}
