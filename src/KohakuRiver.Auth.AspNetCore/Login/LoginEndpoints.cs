using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Logging in and out, and what a client asks before it does.</summary>
internal static class LoginEndpoints
{
    internal static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/auth/status", StatusAsync).PublicIgnoringCredentials()
            .Describe("getStatus", "Status", "Whether authentication is on, and whether the first admin is still to be made.")
                .Answers<StatusResponse>();
        api.MapPost("/auth/login", LogInAsync).PublicIgnoringCredentials().TakesJson<LoginRequest>("username", "password")
            .Describe("logIn", "Log in", "Checks name and password, makes a session and sets its cookie.").Answers<LoginResponse>(401, 429);
        api.MapPost("/auth/logout", (Delegate)LogOutAsync).PublicIgnoringCredentials()
            .Describe("logOut", "Log out", "Ends the sessions of the cookies sent and clears them. Without one there is nothing to end.")
            .Answers<MessageResponse>();
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
            return await Replies.LoggedInAsync(http, result, "Logged in.");
        });

    private static async Task<IResult> LogOutAsync(HttpContext http)
    {
        await SentSessions.LogOutAsync(http);
        return Replies.Message("Logged out.");
    }
}
