using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth;

/// <summary>Every log message of the core, with its event id. None contains a secret.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1001, LogLevel.Warning, "Audit entry {Action} by {Actor} from {Address} not written: more than the allowed number per "
        + "minute")]
    internal static partial void AuditSuppressed(this ILogger logger, string action, string actor, string? address);

    [LoggerMessage(1002, LogLevel.Error, "Audit entry {Action} by {Actor} could not be written")]
    internal static partial void AuditNotWritten(this ILogger logger, string action, string actor, Exception exception);

    [LoggerMessage(1003, LogLevel.Warning, "Authentication is OFF (KohakuAuth:Enabled=false): every request acts as an admin. Use this "
        + "only on your own machine")]
    internal static partial void AuthenticationIsOff(this ILogger logger);

    [LoggerMessage(1101, LogLevel.Information, "Task {TaskId} delivered to the scheduler: {Status}")]
    internal static partial void Delivered(this ILogger logger, string taskId, string status);

    [LoggerMessage(1102, LogLevel.Warning, "Task {TaskId} ({Status}) not accepted by the scheduler, attempt {Attempt}; next attempt at "
        + "{NextTry:O}")]
    internal static partial void DeliveryFailed(
        this ILogger logger, string taskId, string status, int attempt, DateTimeOffset nextTry, Exception exception);

    [LoggerMessage(1103, LogLevel.Error, "The delivery state of task {TaskId} could not be written; it will be delivered again")]
    internal static partial void DeliveryNotRecorded(this ILogger logger, string taskId, Exception exception);

    [LoggerMessage(1301, LogLevel.Error, "The host did not end {Action} of the VPS {Vps} for {Actor}; it is not known whether anything "
        + "was done")]
    internal static partial void VpsCallFailed(this ILogger logger, string action, string vps, string actor, Exception exception);

    [LoggerMessage(1302, LogLevel.Warning, "The host did not answer ({What}) when a VPS was to be created or deleted; nothing was done")]
    internal static partial void VpsHostSilent(this ILogger logger, string what, Exception exception);

    [LoggerMessage(1201, LogLevel.Warning, "Last-use times could not be written; they will be retried")]
    internal static partial void ActivityNotWritten(this ILogger logger, Exception exception);

    [LoggerMessage(2001, LogLevel.Warning, "A round of {Worker} failed; the next one tries again")]
    internal static partial void RoundFailed(this ILogger logger, string worker, Exception exception);

    [LoggerMessage(1202, LogLevel.Information, "Removed {Sessions} sessions, {Tokens} tokens, {Invitations} invitations, {Codes} codes, "
        + "{Counters} counters and {Audit} audit entries past their retention")]
    internal static partial void Pruned(this ILogger logger, int sessions, int tokens, int invitations, int codes, int counters, int audit);

    [LoggerMessage(1203, LogLevel.Information, "Removed the arguments and details of {Approvals} approvals past their retention")]
    internal static partial void ContentRemoved(this ILogger logger, int approvals);
}
