using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Sign-ins of the host's other schemes that lead to accounts: the caller's own, and those of others.</summary>
internal static class IdentityEndpoints
{
    private const string IdText = "The identity's id.";
    private const string UserIdText = "The user's id.";
    private const string Unlinked = "Unlinked.";

    private static readonly Refusal NotSignedInThere = new(
        RefusalKind.Conflict, "This request carries no sign-in of that kind. Sign in there with the same browser, and try again.");

    internal static void Map(RouteGroupBuilder api)
    {
        var own = api.UnderOwnAccount();
        own.MapGet("/auth/identities", ListOwnAsync)
            .RequirePermission(Permissions.ManageOwnAccount)
            .Describe("listMyIdentities", "List your linked sign-ins", "Sign-ins of the host's that lead to your account, oldest first.")
            .AnswersAll(IdentityExamples.Linked);
        own.MapPost("/auth/identities/{provider}", LinkAsync)
            .RequirePermission(Permissions.ManageOwnAccount)
            .TakesJson(IdentityExamples.Link, "current_password")
            .WithPathExample("provider", IdentityExamples.Provider)
            .Describe(
                "linkMyIdentity",
                "Link a sign-in to your account",
                "Links whoever this request is by that sign-in of the host. Needs a session and the account's password.")
            .NeedsSession()
            .AnswersCreated(IdentityExamples.New, 404, 409, 429);
        own.MapDelete("/auth/identities/{id}", UnlinkOwnAsync)
            .RequirePermission(Permissions.ManageOwnAccount)
            .Describe("unlinkMyIdentity", "Unlink one of your sign-ins", "The last way into an account stays.")
            .NeedsSession()
            .AnswersMessage(Unlinked, 404, 409);

        var users = api.UnderUsers();
        users.MapGet("/auth/users/{id}/identities", ListAsync)
            .RequirePermission(Permissions.ManageUsers)
            .WithPathExample("id", UserExamples.Mary.Id)
            .Describe("listUserIdentities", "List a user's linked sign-ins", "Oldest first.")
            .AnswersAll(IdentityExamples.Linked, 404);
        users.MapDelete("/auth/users/{id}/identities/{identity_id}", UnlinkAsync)
            .RequirePermission(Permissions.ManageUsers)
            .WithPathExample("id", UserExamples.Mary.Id)
            .Describe("unlinkUserIdentity", "Unlink a user's sign-in", "In force on the user's next request.")
            .AnswersMessage(Unlinked, 404, 409);
    }

    private static Task<IResult> ListOwnAsync(
        HttpContext http, Actor actor, IIdentityService identities, ExternalPrincipals principals, CancellationToken cancellationToken) =>
        actor.Id is { } own
            ? AnswerAsync(http, principals, identities.ListAsync(actor, own, cancellationToken))
            : Task.FromResult(Replies.Refused(Refusals.NoAccount));

    private static Task<IResult> ListAsync(
        HttpContext http, Actor actor, [Description(UserIdText)] RowId id, IIdentityService identities, ExternalPrincipals principals,
        CancellationToken cancellationToken) =>
        AnswerAsync(http, principals, identities.ListAsync(actor, id.Value, cancellationToken));

    private static Task<IResult> LinkAsync(
        HttpContext http, Actor actor, [Description("The sign-in: scheme:NAME for an authentication scheme of the host.")] string provider,
        IIdentityService identities, ExternalPrincipals principals, CancellationToken cancellationToken) =>
        Replies.WithBodyAsync<LinkIdentityRequest>(http, async body =>
        {
            // The service asks all of this again; here it comes before the sign-ins of the host are looked at.
            if (AccessRules.OwnAccountBySession(actor) is { IsAllowed: false, Refusal: { } refusal })
            {
                return Replies.Refused(refusal);
            }

            if (principals.All.All(s => s.Provider != provider))
            {
                return Replies.Refused(Refusals.Hidden);
            }

            if (string.IsNullOrEmpty(body.CurrentPassword))
            {
                return Replies.Refused(Refusal.Field(nameof(body.CurrentPassword), "Your own password is needed for this."));
            }

            var signIn = (await principals.SignInsOfAsync(http)).FirstOrDefault(s => s.Scheme.Provider == provider);
            if (signIn is null)
            {
                return Replies.Refused(NotSignedInThere);
            }

            var linked = await identities.LinkOwnAsync(actor, signIn.Person, body.CurrentPassword, cancellationToken);
            return linked.IsSuccess
                ? Replies.Json(await linked.Value.ToResponseAsync(principals, http), StatusCodes.Status201Created)
                : Replies.Refused(linked.Refusal);
        });

    private static async Task<IResult> UnlinkOwnAsync(
        HttpContext http, Actor actor, [Description(IdText)] RowId id, IIdentityService identities, CancellationToken cancellationToken) =>
        actor.Id is { } own
            ? Replies.Done(await identities.UnlinkAsync(actor, own, id.Value, cancellationToken), Unlinked)
            : Replies.Refused(Refusals.NoAccount);

    private static async Task<IResult> UnlinkAsync(
        HttpContext http, Actor actor, [Description(UserIdText)] RowId id,
        [FromRoute(Name = "identity_id"), Description(IdText)] RowId identityId, IIdentityService identities,
        CancellationToken cancellationToken) =>
        Replies.Done(await identities.UnlinkAsync(actor, id.Value, identityId.Value, cancellationToken), Unlinked);

    private static async Task<IResult> AnswerAsync(
        HttpContext http, ExternalPrincipals principals, Task<KohakuResult<IReadOnlyList<ExternalIdentity>>> found)
    {
        var result = await found;
        if (!result.IsSuccess)
        {
            return Replies.Refused(result.Refusal);
        }

        var rows = new List<IdentityResponse>();
        foreach (var identity in result.Value)
        {
            rows.Add(await identity.ToResponseAsync(principals, http));
        }

        return Replies.Json<IReadOnlyList<IdentityResponse>>(rows);
    }
}
