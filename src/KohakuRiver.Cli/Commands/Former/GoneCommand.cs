using System.CommandLine;

namespace KohakuRiver.Cli;

/// <summary>
/// A command of the original command line that has no counterpart. Whatever follows it is accepted, and its user is told what to do
/// instead.
/// </summary>
internal sealed class GoneCommand : Command
{
    /// <param name="name">The name as typed.</param>
    /// <param name="advice">One sentence or two about what there is instead.</param>
    internal GoneCommand(string name, string advice)
        : base(name, advice)
    {
        Hidden = true;
        TreatUnmatchedTokensAsErrors = false;
    }

    internal string Advice => Description!;
}
