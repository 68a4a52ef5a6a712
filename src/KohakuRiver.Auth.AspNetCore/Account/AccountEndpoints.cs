using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The caller's own account and sessions, and the use of a password reset link.</summary>
internal static class AccountEndpoints
{
    private const string PasswordChanged = "Password changed; your other sessions have ended.";
    private const string PasswordReset = "Password set. Log in with it.";
    private const string SessionEnded = "Session ended.";

    internal static void Map(RouteGroupBuilder api)
    {
        var account = api.UnderOwnAccount();
        account.MapGet("/auth/me", MeAsync)
            .AllowAnyActor()
            .Describe("getMe", "Show the caller", "The caller's own user; without credentials a user named _anonymous.")
            .Answers(UserExamples.Ada);
        account.MapPatch("/auth/me", UpdateAsync)
            .RequirePermission(Permissions.ManageOwnAccount)
            .TakesJson(AccountExamples.Update)
            .Describe("updateMe", "Change your display name or language", "At least one of them. What is left out stays as it is.")
            .Answers(UserExamples.Ada);
        account.MapPost("/auth/password", ChangePasswordAsync)
            .RequireOwnPassword()
            .TakesJson(AccountExamples.ChangePassword, "current_password", "new_password")
            .Describe(
                "changePassword",
                "Change your password",
                "Needs a session and the current password. The new one must differ from it. Ends your other sessions; tokens stay. Also "
                    + "open to "
                + "a user with must_change_password, who is refused everything else until then.")
            .NeedsSession()
            .AnswersMessage(PasswordChanged, 409, 429);
        account.MapPost("/auth/reset", ResetAsync)
            .PublicIgnoringCredentials()
            .TakesJson(AccountExamples.Reset, "code", "new_password")
            .Describe(
                "resetPassword",
                "Reset a password",
                "Sets a new password by a one-use code. Ends all sessions and tokens of the user.")
            .AnswersMessage(PasswordReset, 429);
        account.MapGet("/auth/sessions", ListSessionsAsync)
            .RequirePermission(Permissions.ManageOwnAccount)
            .Describe("listMySessions", "List your sessions", "Those that have not ended, newest first.")
            .AnswersAll(AccountExamples.CurrentSession);
        account.MapDelete("/auth/sessions/{id}", EndSessionAsync)
            .RequirePermission(Permissions.ManageOwnAccount)
            .Describe("endMySession", "End one of your sessions", null)
            .AnswersMessage(SessionEnded, 404);
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

        return Replies.From(await accounts.GetAsync(actor, cancellationToken), user => user.ToResponse(actor));
    }

    private static Task<IResult> UpdateAsync(
        HttpContext http, Actor actor, IAccountService accounts, CancellationToken cancellationToken) =>
        Replies.WithBodyAsync<UpdateMeRequest>(http, async body =>
            Replies.From(
                await accounts.UpdateAsync(
                    actor, new UpdateAccountCommand { DisplayName = body.DisplayName, Language = body.Language }, cancellationToken),
                user => user.ToResponse(actor)));

    private static Task<IResult> ChangePasswordAsync(
        HttpContext http, Actor actor, IAccountService accounts, CancellationToken cancellationToken) =>
        Replies.WithBodyAsync<ChangePasswordRequest>(http, async body =>
            Replies.Done(
                await accounts.ChangePasswordAsync(actor, body.CurrentPassword, body.NewPassword, cancellationToken), PasswordChanged));

    private static Task<IResult> ResetAsync(HttpContext http, IAccountService accounts, CancellationToken cancellationToken) =>
        Replies.WithBodyAsync<ResetRequest>(http, async body =>
            Replies.Done(
                await accounts.ResetPasswordAsync(body.Code, body.NewPassword, ClientDetails.Request(http), cancellationToken),
                PasswordReset));

    private static async Task<IResult> ListSessionsAsync(
        HttpContext http, Actor actor, IAccountService accounts, CancellationToken cancellationToken) =>
        Replies.From(await accounts.ListSessionsAsync(actor, cancellationToken), own => own.ToResponse());

    private static async Task<IResult> EndSessionAsync(
        HttpContext http, Actor actor, [Description("The session's id.")] RowId id, IAccountService accounts,
        CancellationToken cancellationToken) =>
        Replies.Done(await accounts.EndSessionAsync(actor, id.Value, cancellationToken), SessionEnded);
}
