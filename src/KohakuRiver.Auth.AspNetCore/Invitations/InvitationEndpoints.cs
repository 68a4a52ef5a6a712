using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Invitations.</summary>
internal static class InvitationEndpoints
{
    private const string Revoked = "Invitation revoked.";

    internal static void Map(RouteGroupBuilder api)
    {
        var invitations = api.Under("Invitations", "Codes with which people create accounts.");
        invitations.MapGet("/auth/invitations", ListAsync)
            .RequirePermission(Permissions.CreateInvitations)
            .Describe("listInvitations", "List invitations", "Admins see all, operators their own.")
            .Pages(InvitationExamples.Listed, []);

        // Existing clients know both addresses.
        foreach (var (id, pattern) in new[]
        {
            ("createInvitation", "/auth/invitations"),
            ("createInvitationAtCreate", "/auth/invitations/create"),
        })
        {
            invitations.MapPost(pattern, CreateAsync)
                .RequirePermission(Permissions.CreateInvitations)
                .TakesOptionalJson(InvitationExamples.Create)
                .Describe(
                    id,
                    "Create an invitation",
                    "The code is shown only once. Operators can invite viewers only. /auth/invitations and /auth/invitations/create are "
                    + "the same call.")
                .Answers(InvitationExamples.Created, 409);
        }

        invitations.MapDelete("/auth/invitations/{id}", RevokeAsync)
            .RequirePermission(Permissions.CreateInvitations)
            .Describe("revokeInvitation", "Revoke an invitation", null)
            .AnswersMessage(Revoked, 404);
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, Actor actor, IInvitationService invitations, TimeProvider clock, CancellationToken cancellationToken)
    {
        var query = new StrictQuery(http);
        var page = query.Page("-id");
        var now = clock.GetInstant();
        return query.Refusal is { } fault
            ? Replies.Refused(fault)
            : Replies.Page(http, await invitations.ListAsync(actor, page, cancellationToken), invitation => invitation.ToResponse(now));
    }

    private static Task<IResult> CreateAsync(
        HttpContext http, Actor actor, IInvitationService invitations, TimeProvider clock, CancellationToken cancellationToken) =>
        Replies.WithOptionalBodyAsync(http, new CreateInvitationRequest(null, null, null, null), async body =>
        {
            var outcome = await invitations.CreateAsync(
                actor,
                new CreateInvitationCommand
                {
                    Role = body.Role ?? Role.User,
                    GroupId = body.GroupId,
                    MaxUses = body.MaxUsage ?? 1,
                    ExpiresHours = body.ExpiresHours,
                },
                cancellationToken);
            return Replies.From(outcome, created => created.Invitation.ToResponse(
                clock.GetInstant(), created.Secret.Reveal(), PageLinks.Register(http, created.Secret)));
        });

    private static async Task<IResult> RevokeAsync(
        HttpContext http, Actor actor, [Description("The invitation's id.")] RowId id, IInvitationService invitations,
        CancellationToken cancellationToken) =>
        Replies.Done(await invitations.RevokeAsync(actor, id.Value, cancellationToken), Revoked);
}
