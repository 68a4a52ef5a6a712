using KohakuRiver.Auth;
using Microsoft.AspNetCore.Diagnostics;

namespace KohakuRiver.SampleHost;

/// <summary>What went wrong, as an answer that tells nothing of the inside.</summary>
internal sealed partial class FaultHandler(ILogger<FaultHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        await Answer(httpContext, exception).ExecuteAsync(httpContext);
        return true;
    }

    private IResult Answer(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case RefusedException refused:
                return Answers.Refused(refused.Refusal, refused.Status);
            case BadHttpRequestException bad:
                return Answers.Refused(new Refusal(RefusalKind.Invalid, bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                    ? "The body is larger than 64 KB."
                    : "The request cannot be read."), bad.StatusCode);
            case OperationCanceledException when context.RequestAborted.IsCancellationRequested:
                return Results.StatusCode(StatusCodes.Status499ClientClosedRequest);
            case StoreUnavailableException:
                LogUnavailable(exception);
                return Answers.Refused(new Refusal(RefusalKind.Busy, "The database does not answer; try again soon."));
            default:
                LogUnhandled(context.TraceIdentifier, exception);
                return Results.Problem($"Something went wrong here. The host's log has the details under {context.TraceIdentifier}.", statusCode: 500);
        }
    }

    [LoggerMessage(3001, LogLevel.Warning, "The database does not answer")]
    private partial void LogUnavailable(Exception exception);

    [LoggerMessage(3002, LogLevel.Error, "Unhandled exception in request {TraceId}")]
    private partial void LogUnhandled(string traceId, Exception exception);
}
