using System.CommandLine;

namespace KohakuRiver.Cli;

/// <summary>
/// How the original command line spells an option of ours. It is understood and offered nowhere: neither in help nor in completions.
/// </summary>
/// <typeparam name="T">The type of the value.</typeparam>
internal sealed class FormerOption<T> : Option<T>
{
    /// <param name="standsFor">Our option; its value is this one's where only this one is there.</param>
    /// <param name="name">The spelling.</param>
    /// <param name="others">Further spellings.</param>
    internal FormerOption(Option<T> standsFor, string name, params string[] others)
        : base(name, others)
    {
        StandsFor = standsFor;
        Hidden = true;
        Arity = standsFor.Arity;
        CustomParser = standsFor.CustomParser;
        Validators.AddRange(standsFor.Validators);
    }

    internal Option<T> StandsFor { get; }
}
