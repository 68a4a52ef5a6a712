using DevLab.JmesPath;

namespace KohakuRiver.Cli;

/// <summary><c>--query</c>: a part of a result, by a JMESPath expression.</summary>
internal static class JmesQuery
{
    /// <summary>Throws a usage error for an expression that is none.</summary>
    internal static void Check(string expression) => Reading(expression, () => new JmesPath().Parse(expression));

    /// <summary>The part as JSON.</summary>
    internal static string Apply(string expression, string json) => Reading(expression, () => new JmesPath().Transform(json, expression));

    // The library throws its faults as plain exceptions, with a place in the expression.
    private static T Reading<T>(string expression, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception fault) when (fault is not (OutOfMemoryException or OperationCanceledException))
        {
            throw CliException.Usage(
                $"--query takes a JMESPath expression; not '{expression}': {fault.Message.ReplaceLineEndings(" ").TrimEnd('.')}.");
        }
    }
}
