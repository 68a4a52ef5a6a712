namespace KohakuRiver.Cli;

/// <summary>Ends the command with an exit code and one line that says what to do.</summary>
/// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="message">The line, without "error:".</param>
/// <param name="status">The HTTP status that caused it; null where there was none.</param>
/// <param name="inner">The cause, for tests and debuggers; never shown.</param>
internal sealed class CliException(int exitCode, string message, int? status = null, Exception? inner = null) : Exception(message, inner)
{
    internal int ExitCode { get; } = exitCode;

    internal int? Status { get; } = status;

    /// <summary>What the host says about single fields of the request; null for nothing.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<string>>? Fields { get; init; }

    internal static CliException Usage(string message) => new(ExitCodes.Usage, message);

    internal static CliException Failed(string message) => new(ExitCodes.Failed, message);

    internal static CliException Unreachable(string message, Exception? inner = null) => new(ExitCodes.Unreachable, message, null, inner);
}
