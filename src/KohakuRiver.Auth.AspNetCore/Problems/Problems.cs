using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Refusals and exceptions as answers.</summary>
internal static partial class Problems
{
    /// <summary>The answer for an expected refusal.</summary>
    internal static IResult From(Refusal refusal)
    {
        var errors = FieldNames.ToWire(refusal.Errors);
        return new ProblemResult
        {
            Status = HttpRefusals.StatusOf(refusal),
            Detail = errors is null ? refusal.Message : FieldNames.InDetail(refusal.Message, errors),
            Reason = refusal.Reason,
            Username = refusal.Username,
            Errors = errors,
            RetryAfter = refusal.RetryAfter,
        };
    }

    /// <summary>
    /// The answer for an exception: an outage is 503, a bad request its own status, everything else 500 with an id that
    /// finds it in the log and nothing of the exception itself.
    /// </summary>
    internal static IResult From(HttpContext context, Exception exception, ILogger logger)
    {
        switch (exception)
        {
            case RejectedCredentialException rejected:
                return From(rejected.Refusal);
            case StoreUnavailableException:
                StoreUnavailable(logger, exception);
                return From(HttpRefusals.StoreUnavailable);
            case HashingQueueFullException:
                return From(HttpRefusals.Busy);
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return From(HttpRefusals.TooLarge);
            case BadHttpRequestException bad:
                return new ProblemResult
                {
                    Status = bad.StatusCode,
                    Detail = $"The request cannot be read ({ReasonPhrases.GetReasonPhrase(bad.StatusCode)}).",
                };
        }

        var id = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
        Unhandled(logger, id, SafeText.OneLine(context.Request.Method, 16), SafeText.OneLine(context.Request.Path.Value, 200), exception);
        return new ProblemResult
        {
            Status = StatusCodes.Status500InternalServerError,
            Detail = "Something went wrong here. The host's log has the details under this trace id.",
            TraceId = id,
        };
    }

    [LoggerMessage(EventId = 2101, Level = LogLevel.Error, Message = "Unhandled exception, trace {TraceId}, {Method} {Path}")]
    private static partial void Unhandled(ILogger logger, string traceId, string method, string path, Exception exception);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Warning, Message = "The database is unavailable")]
    private static partial void StoreUnavailable(ILogger logger, Exception exception);
}
