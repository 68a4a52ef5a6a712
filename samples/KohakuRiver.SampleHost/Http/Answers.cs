using System.Text.Json;
using KohakuRiver.Auth;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Diagnostics;

namespace KohakuRiver.SampleHost;

/// <summary>Refusals as RFC 9457 responses.</summary>
internal static class Answers
{
    public static IResult NotFound(string what) => Refused(StatusCodes.Status404NotFound, what);

    public static IResult Refused(int status, string why) => Results.Problem(why, statusCode: status);

    public static IResult Refused(Refusal refusal) => refusal.ToHttpResult();

    /// <summary>A field as the client wrote it, which may be anything. The sentence names it: some clients show nothing else.</summary>
    public static IResult Faulty(string field, string why) => Results.Problem(
        $"{field}: {why}", statusCode: StatusCodes.Status400BadRequest,
        extensions: [new("errors", new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [why] })]);
}

/// <summary>Errors, as responses that reveal no internals.</summary>
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
            // An unknown encoding is an invalid operation for the framework.
            case BadHttpRequestException or InvalidOperationException
                when HttpMethods.IsPost(context.Request.Method) && !IsJson(context.Request):
                return Answers.Refused(StatusCodes.Status415UnsupportedMediaType, "Send the body as application/json.");

            // The reader's own message names types of this program; the caller only needs the place.
            case BadHttpRequestException { InnerException: JsonException { Path: ['$', '.', .. { Length: > 0 } field] } }:
                field = field[..Math.Min(field.Length, 100)];
                return Answers.Faulty(field, "This field is unknown, given twice, or not of the kind this call takes.");
            case BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest }:
                return Answers.Refused(StatusCodes.Status400BadRequest, "The body is not the JSON object this call takes.");
            case BadHttpRequestException bad:
                return Answers.Refused(bad.StatusCode, "The request cannot be read.");
            case OperationCanceledException when context.RequestAborted.IsCancellationRequested:
                return Results.StatusCode(StatusCodes.Status499ClientClosedRequest);
            case StoreUnavailableException:
                LogUnavailable(exception);
                return Answers.Refused(StatusCodes.Status503ServiceUnavailable, "The database is unavailable; try again soon.");
            default:
                LogUnhandled(context.TraceIdentifier, exception);
                return Answers.Refused(
                    StatusCodes.Status500InternalServerError,
                    $"Something went wrong here. The host's log has the details under {context.TraceIdentifier}.");
        }
    }

    private static bool IsJson(HttpRequest request) => request.HasJsonContentType()
        && (request.GetTypedHeaders().ContentType?.Charset is not { HasValue: true } charset
            || charset.AsSpan().Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    [LoggerMessage(3001, LogLevel.Warning, "The database is unavailable")]
    private partial void LogUnavailable(Exception exception);

    [LoggerMessage(3002, LogLevel.Error, "Unhandled exception in request {TraceId}")]
    private partial void LogUnhandled(string traceId, Exception exception);
}
