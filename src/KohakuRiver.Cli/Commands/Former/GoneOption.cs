using System.CommandLine;

namespace KohakuRiver.Cli;

/// <summary>An option of the original command line that has no counterpart. Whoever uses it is told what to do instead.</summary>
internal sealed class GoneOption : Option<string[]>
{
    /// <param name="advice">One sentence or two about what there is instead.</param>
    /// <param name="name">The spelling.</param>
    /// <param name="others">Further spellings.</param>
    internal GoneOption(string advice, string name, params string[] others)
        : base(name, others)
    {
        Advice = advice;
        Hidden = true;
        Arity = ArgumentArity.ZeroOrMore;
    }

    internal string Advice { get; }
}
