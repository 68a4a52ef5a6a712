using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>One's own account and sessions, and the reset link.</summary>
internal static class AccountEndpoints
{
    internal static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/auth/me", MeAsync).AllowAnyActor()
            .Describe("getMe", "Who am I", "The caller's own user; without credentials a user named _anonymous.").Answers<UserResponse>();
        api.MapPatch("/auth/me", UpdateAsync).RequirePermission(Permissions.ManageOwnAccount).TakesJson<UpdateMeRequest>("display_name")
            .Describe("updateMe", "Change one's display name", null).Answers<UserResponse>();
        api.MapPost("/auth/password", ChangePasswordAsync)
            .RequirePermission(Permissions.ManageOwnAccount)
            .TakesJson<ChangePasswordRequest>("current_password", "new_password")
            .Describe(
                "changePassword",
                "Change one's password",
                "Needs a session and the current password; ends the other sessions, keeps the tokens.")
            .NeedsSession().Answers<MessageResponse>(409, 429);
        api.MapPost("/auth/reset", ResetAsync).PublicIgnoringCredentials().TakesJson<ResetRequest>("code", "new_password")
            
                .Describe(
                    "resetPassword", "Reset a password", "Sets a new password by a one-use code; ends all sessions and tokens of its user.")
                .Answers<MessageResponse>(429);
        api.MapGet("/auth/sessions", ListSessionsAsync).RequirePermission(Permissions.ManageOwnAccount)
            .Describe("listMySessions", "List one's sessions", "Those that are alive, newest first.")
                .Answers<IReadOnlyList<SessionResponse>>();
        api.MapDelete("/auth/sessions/{id}", EndSessionAsync).RequirePermission(Permissions.ManageOwnAccount)
            .Describe("endMySession", "End one of one's sessions", null).Answers<MessageResponse>(404);
    }

    private static async Task<IResult> MeAsync(
        HttpContext http, Actor actor, IAccountService accounts, IOptions<KohakuAuthOptions> options, CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
        {
            return Replies.Refused(Refusals.AuthOff);
        }

        if (actor.Id is null)
        {
            return Replies.Json(actor.ToResponse());
        }

        return Replies.From(await accounts.GetAsync(actor, cancellationToken), user => user.ToResponse(ShowsLock(actor)));
    }

    private static Task<IResult> UpdateAsync(
        HttpContext http, Actor actor, IAccountService accounts, CancellationToken cancellationToken) =>
        Replies.WithBodyAsync<UpdateMeRequest>(http, async body =>
            Replies.From(await accounts.SetDisplayNameAsync(actor, body.DisplayName, cancellationToken), user => user.ToResponse(ShowsLock(actor))));

    private static Task<IResult> ChangePasswordAsync(
        HttpContext http, Actor actor, IAccountService accounts, CancellationToken cancellationToken) =>
        Replies.WithBodyAsync<ChangePasswordRequest>(http, async body =>
            Replies.Done(await accounts.ChangePasswordAsync(actor, body.CurrentPassword, body.NewPassword, cancellationToken), "Password changed; your other sessions have ended."));

    private static Task<IResult> ResetAsync(HttpContext http, IAccountService accounts, CancellationToken cancellationToken) =>
        Replies.WithBodyAsync<ResetRequest>(http, async body =>
            Replies.Done(await accounts.ResetPasswordAsync(body.Code, body.NewPassword, ClientDetails.Request(http), cancellationToken), "Password set. Log in with it."));

    private static async Task<IResult> ListSessionsAsync(
        HttpContext http, Actor actor, IAccountService accounts, CancellationToken cancellationToken) =>
        Replies.From(await accounts.ListSessionsAsync(actor, cancellationToken), own => own.ToResponse());

    private static async Task<IResult> EndSessionAsync(
        HttpContext http, Actor actor, RowId id, IAccountService accounts, CancellationToken cancellationToken) =>
        Replies.Done(await accounts.EndSessionAsync(actor, id.Value, cancellationToken), "Session ended.");

    private static bool ShowsLock(Actor actor) => AccessRules.Decide(actor, Permissions.ManageUsers).IsAllowed;
}
