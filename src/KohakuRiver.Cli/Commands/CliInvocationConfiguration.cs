using System.CommandLine;

namespace KohakuRiver.Cli;

/// <summary>Carries the context of a run to its command, by way of what the parser hands through.</summary>
internal sealed class CliInvocationConfiguration : InvocationConfiguration
{
    internal required CliContext Context { get; init; }

    internal static CliContext Of(ParseResult parse) => ((CliInvocationConfiguration)parse.InvocationConfiguration).Context;
}
