using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth.AspNetCore.Workers;

/// <summary>The log lines of the workers.</summary>
internal static partial class WorkerLogMessages
{
    [LoggerMessage(2001, LogLevel.Warning, "A round of {Worker} failed; the next one tries again")]
    internal static partial void RoundFailed(this ILogger logger, string worker, Exception exception);

    [LoggerMessage(2002, LogLevel.Information, "There is no admin yet: the set-up link was printed to the console")]
    internal static partial void SetupLinkPrinted(this ILogger logger);
}
