using KohakuRiver.Auth.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Groups and their members.</summary>
internal static class GroupEndpoints
{
    internal static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/auth/groups", ListAsync).RequirePermission(Permissions.ListUsers)
            .Describe("listGroups", "List groups", null).Pages<GroupResponse>();
        api.MapPost("/auth/groups", CreateAsync).RequirePermission(Permissions.ManageUsers).TakesJson<CreateGroupRequest>("name")
            .Describe("createGroup", "Create a group", "Its name must be free, regardless of case.").Answers<GroupResponse>(409);
        api.MapGet("/auth/groups/{id}", GetAsync).RequirePermission(Permissions.ListUsers)
            .Describe("getGroup", "Show a group", null).Answers<GroupResponse>(404);
        api.MapPatch("/auth/groups/{id}", UpdateAsync).RequirePermission(Permissions.ManageUsers).TakesJson<UpdateGroupRequest>()
            
                .Describe(
                    "updateGroup",
                    "Change a group",
                    "What is left out stays as it is. limits replaces all of them; set_limits and remove_limits change single ones.")
                .Answers<GroupResponse>(404, 409);
        api.MapDelete("/auth/groups/{id}", DeleteAsync).RequirePermission(Permissions.ManageUsers)
            .Describe("deleteGroup", "Delete a group", "With its memberships, VPS assignments and invitations.")
                .Answers<MessageResponse>(404);
        api.MapGet("/auth/groups/{id}/members", ListMembersAsync).RequirePermission(Permissions.ListUsers)
            .Describe("listGroupMembers", "List a group's members", "Search, filter by role and state, sort, page, as the list of users.")
                .Pages<UserResponse>("search", "role", "is_active", "sort")
                .Refuses(404);
        api.MapPut("/auth/groups/{id}/members/{user_id}", AddMemberAsync).RequirePermission(Permissions.ManageUsers)
            .Describe("addGroupMember", "Add a member", "Adding one who belongs already is fine.").Answers<MessageResponse>(404);
        api.MapDelete("/auth/groups/{id}/members/{user_id}", RemoveMemberAsync).RequirePermission(Permissions.ManageUsers)
            .Describe("removeGroupMember", "Remove a member", "In force on the member's next request.").Answers<MessageResponse>(404);
    }

    private static async Task<IResult> ListAsync(HttpContext http, Actor actor, IGroupService groups, CancellationToken cancellationToken)
    {
        var query = new StrictQuery(http);
        var page = query.Page("-id");
        return query.Refusal is { } fault
            ? Replies.Refused(fault)
            : Replies.Page(http, await groups.ListAsync(actor, page, cancellationToken), group => group.ToResponse());
    }

    private static async Task<IResult> GetAsync(
        HttpContext http, Actor actor, RowId id, IGroupService groups, CancellationToken cancellationToken) =>
        Replies.From(await groups.GetAsync(actor, id.Value, cancellationToken), group => group.ToResponse());

    private static Task<IResult> CreateAsync(HttpContext http, Actor actor, IGroupService groups, CancellationToken cancellationToken) =>
        Replies.WithBodyAsync<CreateGroupRequest>(http, async body =>
            Replies.From(await groups.CreateAsync(actor, new CreateGroupCommand { Name = body.Name, Description = body.Description, Tier = body.Tier, Limits = body.Limits }, cancellationToken), group => group.ToResponse()));

    private static Task<IResult> UpdateAsync(
        HttpContext http, Actor actor, RowId id, IGroupService groups, CancellationToken cancellationToken) =>
        Replies.WithBodyAsync<UpdateGroupRequest>(http, async body =>
        {
            var command = new UpdateGroupCommand
            {
                Id = id.Value,
                Name = body.Name,
                Description = body.Description,
                Tier = body.Tier,
                Limits = body.Limits,
                SetLimits = body.SetLimits,
                RemoveLimits = body.RemoveLimits,
            };
            return Replies.From(await groups.UpdateAsync(actor, command, cancellationToken), group => group.ToResponse());
        });

    private static async Task<IResult> DeleteAsync(
        HttpContext http, Actor actor, RowId id, IGroupService groups, CancellationToken cancellationToken) =>
        Replies.Done(await groups.DeleteAsync(actor, id.Value, cancellationToken), "Group deleted.");

    private static async Task<IResult> ListMembersAsync(
        HttpContext http, Actor actor, RowId id, IGroupService groups, CancellationToken cancellationToken)
    {
        var query = new StrictQuery(http);
        var wanted = UserEndpoints.ReadQuery(query);
        if (query.Refusal is { } fault)
        {
            return Replies.Refused(fault);
        }

        var showsLock = AccessRules.Decide(actor, Permissions.ManageUsers).IsAllowed;
        return Replies.Page(
            http, await groups.ListMembersAsync(actor, id.Value, wanted, cancellationToken), user => user.ToResponse(showsLock));
    }

    private static async Task<IResult> AddMemberAsync(
        HttpContext http, Actor actor, RowId id, [FromRoute(Name = "user_id")] RowId user, IGroupService groups,
        CancellationToken cancellationToken) =>
        Replies.Done(await groups.AddMemberAsync(actor, id.Value, user.Value, cancellationToken), "Member added.");

    private static async Task<IResult> RemoveMemberAsync(
        HttpContext http, Actor actor, RowId id, [FromRoute(Name = "user_id")] RowId user, IGroupService groups,
        CancellationToken cancellationToken) =>
        Replies.Done(await groups.RemoveMemberAsync(actor, id.Value, user.Value, cancellationToken), "Member removed.");
}
