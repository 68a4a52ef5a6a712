using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Who may use which VPS instance.</summary>
internal static class VpsEndpoints
{
    internal const string Assigned = "VPS assigned.";

    private const string Unassigned = "Assignment removed.";
    private const string VpsIdText = "The host's id of the VPS.";

    internal static void Map(RouteGroupBuilder api)
    {
        var vps = api.Under("VPS", "Who may use which instance.");
        vps.MapPost("/vps/{vps_id}/assign", AssignAsync)
            .RequirePermission(Permissions.ManageVps)
            .TakesJson(VpsExamples.Assign)
            .OrBareIds("The ids of users.")
            .Describe(
                "assignVps",
                "Assign a VPS",
                "To users and groups, all or nothing. The body is an object, or a bare array of user ids.")
            .OfExample()
            .Answers(VpsExamples.Assigned, 404);
        vps.MapDelete("/vps/{vps_id}/assign/{user_id}", UnassignUserAsync)
            .RequirePermission(Permissions.ManageVps)
            .Describe("unassignVpsFromUser", "Take a VPS from a user", "What the user has through a group stays.")
            .OfExample()
            .WithPathExample("user_id", UserExamples.Mary.Id)
            .AnswersMessage(Unassigned, 404);
        vps.MapDelete("/vps/{vps_id}/assign/groups/{group_id}", UnassignGroupAsync)
            .RequirePermission(Permissions.ManageVps)
            .Describe("unassignVpsFromGroup", "Take a VPS from a group", "What its members have directly stays.")
            .OfExample()
            .AnswersMessage(Unassigned, 404);
        vps.MapGet("/vps/{vps_id}/assignments", ListAsync)
            .RequirePermission(Permissions.ManageVps)
            .Describe("listVpsAssignments", "List whom a VPS is assigned to", null)
            .OfExample()
            .Answers(VpsExamples.Assignments, 404);
        vps.MapGet("/auth/vps", ListOwnAsync)
            .RequirePermission(Permissions.ManageOwnAccount)
            .Describe("listMyVps", "List the VPS you may use", "Assigned to you directly or through a group.")
            .AnswersAll(VpsExamples.VpsId);
        vps.MapGet("/auth/vps/unknown", ListUnknownAsync)
            .RequirePermission(Permissions.ManageVps)
            .Describe(
                "listUnknownVps",
                "List assignments of VPS that the host does not have",
                "They give access to nothing and can be removed like others. Empty where the host does not tell which it has.")
            .AnswersAll(VpsExamples.Unknown);
    }

    private static RouteHandlerBuilder OfExample(this RouteHandlerBuilder endpoint) =>
        endpoint.WithPathExample("vps_id", VpsExamples.VpsId);

    private static async Task<IResult> AssignAsync(
        HttpContext http, Actor actor, [FromRoute(Name = "vps_id"), Description(VpsIdText)] string vpsId,
        IVpsAccessService access, CancellationToken cancellationToken)
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
            _ => new AssignVpsResponse(Assigned, vpsId, users, groups));
    }

    // Existing clients send a bare list of user ids.
    private static KohakuResult<AssignVpsRequest> Read(StrictBody body)
    {
        if (!body.IsList)
        {
            return body.As(ContractsJson.Of<AssignVpsRequest>());
        }

        var ids = body.As(ContractsJson.Of<IReadOnlyList<long>>());
        return ids.IsSuccess ? new AssignVpsRequest(ids.Value, null) : ids.Refusal;
    }

    private static async Task<IResult> UnassignUserAsync(
        HttpContext http, Actor actor, [FromRoute(Name = "vps_id"), Description(VpsIdText)] string vpsId,
        [FromRoute(Name = "user_id"), Description("The user's id.")] RowId user,
        IVpsAccessService access, CancellationToken cancellationToken) =>
        Replies.Done(await access.UnassignUserAsync(actor, vpsId, user.Value, cancellationToken), Unassigned);

    private static async Task<IResult> UnassignGroupAsync(
        HttpContext http, Actor actor, [FromRoute(Name = "vps_id"), Description(VpsIdText)] string vpsId,
        [FromRoute(Name = "group_id"), Description("The group's id.")] RowId group,
        IVpsAccessService access, CancellationToken cancellationToken) =>
        Replies.Done(await access.UnassignGroupAsync(actor, vpsId, group.Value, cancellationToken), Unassigned);

    private static async Task<IResult> ListAsync(
        HttpContext http, Actor actor, [FromRoute(Name = "vps_id"), Description(VpsIdText)] string vpsId,
        IVpsAccessService access, CancellationToken cancellationToken) =>
        Replies.From(await access.ListAsync(actor, vpsId, cancellationToken), assignments => assignments.ToResponse());

    private static async Task<IResult> ListUnknownAsync(
        HttpContext http, Actor actor, IVpsAccessService access, CancellationToken cancellationToken) =>
        Replies.From(
            await access.ListUnknownAsync(actor, cancellationToken),
            IReadOnlyList<VpsAssignmentsResponse> (unknown) => [.. unknown.Select(a => a.ToResponse())]);

    private static async Task<IResult> ListOwnAsync(
        HttpContext http, Actor actor, IVpsAccessService access, CancellationToken cancellationToken) =>
        Replies.From(await access.ListOwnAsync(actor, cancellationToken), own => own.Ids);
}
