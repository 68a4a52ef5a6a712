using System.CommandLine;

namespace KohakuRiver.Cli;

/// <summary>Carries the context of a run through the parser to its command.</summary>
internal sealed class CliInvocationConfiguration : InvocationConfiguration
{
    internal required CliContext Context { get; init; }

    internal static CliContext Of(ParseResult parse) => ((CliInvocationConfiguration)parse.InvocationConfiguration).Context;
}
