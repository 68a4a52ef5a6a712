using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Who may use which VPS instance.</summary>
internal static class VpsEndpoints
{
    internal static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/vps/{vps_id}/assign", AssignAsync).RequirePermission(Permissions.ManageVps).TakesJson<AssignVpsRequest>()
            
                .Describe(
                    "assignVps", "Assign a VPS", "To users and groups, all or nothing. The body is an object, or a bare array of user ids.")
                .Answers<AssignVpsResponse>(404);
        api.MapDelete("/vps/{vps_id}/assign/{user_id}", UnassignUserAsync).RequirePermission(Permissions.ManageVps)
            .Describe("unassignVpsFromUser", "Take a VPS from a user", "What the user has through a group stays.")
                .Answers<MessageResponse>(404);
        api.MapDelete("/vps/{vps_id}/assign/groups/{group_id}", UnassignGroupAsync).RequirePermission(Permissions.ManageVps)
            .Describe("unassignVpsFromGroup", "Take a VPS from a group", "What its members have by themselves stays.")
                .Answers<MessageResponse>(404);
        api.MapGet("/vps/{vps_id}/assignments", ListAsync).RequirePermission(Permissions.ManageVps)
            .Describe("listVpsAssignments", "List whom a VPS is assigned to", null).Answers<VpsAssignmentsResponse>(404);
        api.MapGet("/auth/vps", ListOwnAsync).RequirePermission(Permissions.ManageOwnAccount)
            .Describe("listMyVps", "List the VPS one may use", "Assigned directly or through a group.").Answers<IReadOnlyList<string>>();
    }

    private static async Task<IResult> AssignAsync(
        HttpContext http, Actor actor, [FromRoute(Name = "vps_id")] string vpsId, IVpsAccessService access,
        CancellationToken cancellationToken)
    {
        var json = await StrictJson.ReadAsync(http.Request, cancellationToken);
        var body = json.IsSuccess ? Read(json.Value) : json.Refusal;
        if (!body.IsSuccess)
        {
            return Replies.Refused(body.Refusal);
        }

        var users = body.Value.UserIds ?? [];
        var groups = body.Value.GroupIds ?? [];
        return Replies.From(
            await access.AssignAsync(actor, vpsId, users, groups, cancellationToken),
            _ => new AssignVpsResponse("VPS assigned.", vpsId, users, groups));
    }

    // Existing clients send a bare list of user ids.
    private static KohakuResult<AssignVpsRequest> Read(StrictBody body)
    {
        if (!body.IsList)
        {
            return body.As(ContractsJson.Strict.AssignVpsRequest);
        }

        var ids = body.As(ContractsJson.Strict.IReadOnlyListInt64);
        return ids.IsSuccess ? new AssignVpsRequest(ids.Value, null) : ids.Refusal;
    }

    private static async Task<IResult> UnassignUserAsync(
        HttpContext http, Actor actor, [FromRoute(Name = "vps_id")] string vpsId, [FromRoute(Name = "user_id")] RowId user,
        IVpsAccessService access, CancellationToken cancellationToken) =>
        Replies.Done(await access.UnassignUserAsync(actor, vpsId, user.Value, cancellationToken), "Assignment removed.");

    private static async Task<IResult> UnassignGroupAsync(
        HttpContext http, Actor actor, [FromRoute(Name = "vps_id")] string vpsId, [FromRoute(Name = "group_id")] RowId group,
        IVpsAccessService access, CancellationToken cancellationToken) =>
        Replies.Done(await access.UnassignGroupAsync(actor, vpsId, group.Value, cancellationToken), "Assignment removed.");

    private static async Task<IResult> ListAsync(
        HttpContext http, Actor actor, [FromRoute(Name = "vps_id")] string vpsId, IVpsAccessService access,
        CancellationToken cancellationToken) =>
        Replies.From(await access.ListAsync(actor, vpsId, cancellationToken), assignments => assignments.ToResponse());

    private static async Task<IResult> ListOwnAsync(
        HttpContext http, Actor actor, IVpsAccessService access, CancellationToken cancellationToken) =>
        Replies.From(await access.ListOwnAsync(actor, cancellationToken), own => own.Ids);
}
