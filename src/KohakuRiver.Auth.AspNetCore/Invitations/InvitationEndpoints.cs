using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Invitations.</summary>
internal static class InvitationEndpoints
{
    internal static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/auth/invitations", ListAsync).RequirePermission(Permissions.CreateInvitations)
            .Describe("listInvitations", "List invitations", "Admins see all, operators their own.").Pages<InvitationResponse>();

        // Existing clients know both addresses.
        foreach (var (id, pattern) in new[]
        {
            ("createInvitation", "/auth/invitations"),
            ("createInvitationAtCreate", "/auth/invitations/create"),
        })
        {
            api.MapPost(pattern, CreateAsync).RequirePermission(Permissions.CreateInvitations).TakesOptionalJson<CreateInvitationRequest>()
                
                    .Describe(id, "Create an invitation", "The code is shown this once. Operators invite viewers only. "
                        + "/auth/invitations and /auth/invitations/create are the same call.")
                    .Answers<InvitationResponse>(409);
        }

        api.MapDelete("/auth/invitations/{id}", RevokeAsync).RequirePermission(Permissions.CreateInvitations)
            .Describe("revokeInvitation", "Revoke an invitation", null).Answers<MessageResponse>(404);
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
            var made = await invitations.CreateAsync(
                actor,
                new CreateInvitationCommand
                {
                    Role = body.Role ?? Role.User,
                    GroupId = body.GroupId,
                    MaxUses = body.MaxUsage ?? 1,
                    ExpiresHours = body.ExpiresHours,
                },
                cancellationToken);
            return Replies.From(made, created => created.Invitation.ToResponse(
                clock.GetInstant(), created.Secret.Reveal(), PageLinks.Register(http, created.Secret)));
        });

    private static async Task<IResult> RevokeAsync(
        HttpContext http, Actor actor, RowId id, IInvitationService invitations, CancellationToken cancellationToken) =>
        Replies.Done(await invitations.RevokeAsync(actor, id.Value, cancellationToken), "Invitation revoked.");
}
