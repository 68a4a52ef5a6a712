namespace KohakuRiver.Cli;

/// <summary>How an error is reported: one line, or with <c>--json</c> one object on a line.</summary>
internal static class ErrorReport
{
    internal static void Write(TextWriter error, CliException fault, bool asJson) => Say(error, asJson
        ? SafeText.Json(ApiJson.Text(
            new ErrorShown(KindOf(fault.ExitCode), fault.Message, fault.Status, fault.Fields, fault.ExitCode), isLine: true))
        : "error: " + SafeText.Line(fault.Message));

    /// <summary>A line on standard error, which may be closed: what nobody can hear is no reason to fail.</summary>
    internal static void Say(TextWriter error, string line)
    {
        try
        {
            error.WriteLine(line);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // There is nowhere to say so.
        }
    }

    private static string KindOf(int exitCode) => exitCode switch
    {
        ExitCodes.Usage => "usage",
        ExitCodes.NotLoggedIn => "not_logged_in",
        ExitCodes.Unreachable => "unreachable",
        ExitCodes.TimedOut => "timed_out",
        _ => "failed",
    };
}
