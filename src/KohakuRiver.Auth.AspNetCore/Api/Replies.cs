using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>From the outcome of a service call to an answer.</summary>
internal static class Replies
{
    /// <summary>A JSON answer by the contract's own options, whatever the host's are.</summary>
    internal static IResult Json<T>(T body, int status = StatusCodes.Status200OK) =>
        Results.Json(body, ContractsJson.Of<T>(), "application/json; charset=utf-8", status);

    internal static IResult Message(string message) => Json(new MessageResponse(message));

    internal static IResult Refused(Refusal refusal) => new RefusedResult(refusal);

    internal static IResult From<T, TBody>(KohakuResult<T> outcome, Func<T, TBody> toBody, int status = StatusCodes.Status200OK)
        where T : notnull => outcome.IsSuccess ? Json(toBody(outcome.Value), status) : Refused(outcome.Refusal);

    internal static IResult Done(KohakuResult outcome, string message) =>
        outcome.IsSuccess ? Message(message) : Refused(outcome.Refusal);

    /// <summary>A page as a bare array, the way to the next one in <c>Link</c>, the total in <c>X-Total-Count</c>.</summary>
    internal static IResult Page<T, TBody>(HttpContext http, KohakuResult<Page<T>> outcome, Func<T, TBody> toBody) =>
        outcome.IsSuccess ? Paging.List(http, outcome.Value, toBody, ContractsJson.Of<TBody>()) : Refused(outcome.Refusal);

    /// <summary>A login or registration: the user in the body, the session in the cookie.</summary>
    internal static async Task<IResult> LoggedInAsync(HttpContext http, KohakuResult<LoginResult> outcome, string message)
    {
        if (!outcome.IsSuccess)
        {
            return Refused(outcome.Refusal);
        }

        var login = outcome.Value;
        await SentSessions.ReplaceAsync(http, login);
        var forAdmin = login.User.User is { MustChangePassword: false } user && user.Role >= Permissions.ManageUsers.MinimumRole;
        return Json(new LoginResponse(message, login.User.ToResponse(forAdmin, isSelf: true)));
    }

    /// <summary>Reads the body strictly and continues with it, or answers what is wrong with it.</summary>
    internal static async Task<IResult> WithBodyAsync<T>(HttpContext http, Func<T, Task<IResult>> next)
        where T : class
    {
        var body = await StrictJson.ReadAsync(http.Request, ContractsJson.Of<T>(), http.RequestAborted);
        return body.IsSuccess ? await next(body.Value) : Refused(body.Refusal);
    }

    /// <summary>The same where the body may be left out, or be null: <paramref name="whenEmpty"/> then.</summary>
    internal static async Task<IResult> WithOptionalBodyAsync<T>(HttpContext http, T whenEmpty, Func<T, Task<IResult>> next)
        where T : class
    {
        var body = await StrictJson.ReadOptionalAsync(http.Request, ContractsJson.Of<T>(), whenEmpty, http.RequestAborted);
        return body.IsSuccess ? await next(body.Value) : Refused(body.Refusal);
    }
}
