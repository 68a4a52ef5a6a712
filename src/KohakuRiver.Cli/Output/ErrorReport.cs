using System.Text.Json;

namespace KohakuRiver.Cli;

/// <summary>How an error is reported: one line, or with <c>--json</c> one object on a line.</summary>
internal static class ErrorReport
{
    internal static void Write(TextWriter error, CliException fault, bool asJson) => error.WriteLine(asJson
        ? SafeText.Json(JsonSerializer.Serialize(
            new ErrorShown(KindOf(fault.ExitCode), fault.Message, fault.Status, fault.Fields, fault.ExitCode), ApiJson.ShownInLines))
        : "error: " + SafeText.Line(fault.Message));

    private static string KindOf(int exitCode) => exitCode switch
    {
        ExitCodes.Usage => "usage",
        ExitCodes.NotLoggedIn => "not_logged_in",
        ExitCodes.Unreachable => "unreachable",
        ExitCodes.TimedOut => "timed_out",
        _ => "failed",
    };
}
