namespace KohakuRiver.Cli;

/// <summary>An error as <c>--json</c> prints it, on standard error.</summary>
/// <param name="Error">What kind it is: <c>failed</c>, <c>usage</c>, <c>not_logged_in</c>, <c>unreachable</c> or <c>timed_out</c>.</param>
/// <param name="Detail">The line that people see, without "error:".</param>
/// <param name="Status">The HTTP status of the host's answer; null where there was none.</param>
/// <param name="Fields">What the host says about single fields of the request, by their names in the API; null for nothing.</param>
/// <param name="ExitCode">The exit code; of several the one that this error alone would have.</param>
internal sealed record ErrorShown(
    string Error, string Detail, int? Status, IReadOnlyDictionary<string, IReadOnlyList<string>>? Fields, int ExitCode);
