using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Logging in and out, and what a client asks before it does.</summary>
internal static class LoginEndpoints
{
    internal const string LoggedIn = "Logged in.";
    private const string LoggedOut = "Logged out.";

    internal static void Map(RouteGroupBuilder api)
    {
        var login = api.Under("Login", "Logging in and out.");
        login.MapGet("/auth/status", StatusAsync)
            .PublicIgnoringCredentials()
            .Describe("getStatus", "Show the status", "Whether authentication is on, and whether the first admin has yet to be created.")
            .Answers(LoginExamples.Status);
        login.MapPost("/auth/login", LogInAsync)
            .PublicIgnoringCredentials()
            .TakesJson(LoginExamples.LogIn, "username", "password")
            .Describe("logIn", "Log in", "Checks name and password, creates a session and sets its cookie. Only the right password learns "
                + "that the account is disabled, or, with a name it had in an imported database, the name it has now.")
            .Answers(LoginExamples.LoggedIn, 401, 403, 429)
            .SetsCookie("The session.");
        login.MapPost("/auth/logout", (Delegate)LogOutAsync)
            .PublicIgnoringCredentials()
            .Describe("logOut", "Log out", "Ends the sessions of the cookies sent and clears them. Without a cookie nothing happens.")
            .AnswersMessage(LoggedOut)
            .SetsCookie("Clears the session's cookie.");
    }

    private static async Task<IResult> StatusAsync(
        HttpContext http, ISettingsService settings, IRegistrationService registrations, IOptions<KohakuAuthOptions> options,
        CancellationToken cancellationToken)
    {
        var lifetime = (await settings.GetEffectiveAsync(cancellationToken)).SessionLifetime;
        return Replies.Json(
            new StatusResponse(options.Value.Enabled, lifetime.TotalHours, await registrations.IsSetupRequiredAsync(cancellationToken)));
    }

    private static Task<IResult> LogInAsync(HttpContext http, ILoginService logins, CancellationToken cancellationToken) =>
        Replies.WithBodyAsync<LoginRequest>(http, async body =>
        {
            var result = await logins.LogInAsync(body.Username, body.Password, ClientDetails.Request(http), cancellationToken);
            return await Replies.LoggedInAsync(http, result, LoggedIn);
        });

    private static async Task<IResult> LogOutAsync(HttpContext http)
    {
        await SentSessions.LogOutAsync(http);
        return Replies.Message(LoggedOut);
    }
}
