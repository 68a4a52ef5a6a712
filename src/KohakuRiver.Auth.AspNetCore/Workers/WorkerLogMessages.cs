using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth.AspNetCore.Workers;

/// <summary>The log lines of the workers.</summary>
internal static partial class WorkerLogMessages
{
    [LoggerMessage(2001, LogLevel.Warning, "A round of {Worker} failed; the next one tries again")]
    internal static partial void RoundFailed(this ILogger logger, string worker, Exception exception);

    [LoggerMessage(2002, LogLevel.Information, "There is no admin yet: the set-up link was printed to the console")]
    internal static partial void SetupLinkPrinted(this ILogger logger);

    [LoggerMessage(2003, LogLevel.Warning, "Other machines reach {Addresses} over plain HTTP, where passwords and tokens can be read on the way. Listen for HTTPS, or on localhost behind a proxy that does and is named in TrustedProxies")]
    internal static partial void PlainHttpBeyondThisMachine(this ILogger logger, string addresses);
}
