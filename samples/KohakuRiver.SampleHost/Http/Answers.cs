using KohakuRiver.Auth;

namespace KohakuRiver.SampleHost;

/// <summary>Refusals as RFC 9457 answers.</summary>
internal static class Answers
{
    public static IResult Message(string message) => Results.Ok(new MessageBody(message));

    public static IResult NotFound(string what) => Refused(new Refusal(RefusalKind.Hidden, what));

    public static IResult Conflict(string why) => Refused(new Refusal(RefusalKind.Conflict, why));

    public static IResult Refused(Refusal refusal) => Refused(refusal, StatusOf(refusal.Kind));

    public static IResult Refused(Refusal refusal, int status) => Results.Problem(
        refusal.Message, statusCode: status,
        extensions: refusal.Errors is null ? null : new Dictionary<string, object?>(StringComparer.Ordinal) { ["errors"] = refusal.Errors });

    private static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status400BadRequest,
        RefusalKind.Unauthenticated => StatusCodes.Status401Unauthorized,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.Hidden => StatusCodes.Status404NotFound,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Throttled => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status503ServiceUnavailable,
    };
}
