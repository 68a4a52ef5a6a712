using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Groups and their members.</summary>
internal static class GroupEndpoints
{
    private const string IdText = "The group's id.";
    private const string UserIdText = "The user's id.";
    private const string Deleted = "Group deleted.";
    private const string MemberAdded = "Member added.";
    private const string MemberRemoved = "Member removed.";

    internal static void Map(RouteGroupBuilder api)
    {
        var groups = api.Under("Groups", "Groups of users, with quotas for the host to enforce.");
        groups.MapGet("/auth/groups", ListAsync)
            .RequirePermission(Permissions.ListUsers)
            .Describe("listGroups", "List groups", null)
            .Pages(GroupExamples.Lab, []);
        groups.MapPost("/auth/groups", CreateAsync)
            .RequirePermission(Permissions.ManageUsers)
            .TakesJson(GroupExamples.Create, "name")
            .Describe("createGroup", "Create a group", "The name must not be taken, regardless of case.")
            .Answers(GroupExamples.Created, 409);
        groups.MapGet("/auth/groups/{id}", GetAsync)
            .RequirePermission(Permissions.ListUsers)
            .Describe("getGroup", "Show a group", null)
            .Answers(GroupExamples.Lab, 404);
        groups.MapPatch("/auth/groups/{id}", UpdateAsync)
            .RequirePermission(Permissions.ManageUsers)
            .TakesJson(GroupExamples.Update)
            .Describe(
                "updateGroup",
                "Change a group",
                "What is left out stays as it is. limits replaces all of them; set_limits and remove_limits change single ones.")
            .Answers(GroupExamples.Lab, 404, 409);
        groups.MapDelete("/auth/groups/{id}", DeleteAsync)
            .RequirePermission(Permissions.ManageUsers)
            .Describe("deleteGroup", "Delete a group", "With its memberships, VPS assignments and invitations.")
            .AnswersMessage(Deleted, 404);
        groups.MapGet("/auth/groups/{id}/members", ListMembersAsync)
            .RequirePermission(Permissions.ListUsers)
            .Describe(
                "listGroupMembers",
                "List a group's members",
                "Search, filter by role and state, sort, page, as in the list of users.")
            .Pages(UserExamples.Mary, UserListQuery.OfMembers)
            .Refuses(404);
        groups.MapPut("/auth/groups/{id}/members/{user_id}", AddMemberAsync)
            .RequirePermission(Permissions.ManageUsers)
            .Describe("addGroupMember", "Add a member", "It succeeds for users who are members already.")
            .WithPathExample("user_id", UserExamples.Mary.Id)
            .AnswersMessage(MemberAdded, 404);
        groups.MapDelete("/auth/groups/{id}/members/{user_id}", RemoveMemberAsync)
            .RequirePermission(Permissions.ManageUsers)
            .Describe("removeGroupMember", "Remove a member", "In force on the member's next request.")
            .WithPathExample("user_id", UserExamples.Mary.Id)
            .AnswersMessage(MemberRemoved, 404);
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
        HttpContext http, Actor actor, [Description(IdText)] RowId id, IGroupService groups, CancellationToken cancellationToken) =>
        Replies.From(await groups.GetAsync(actor, id.Value, cancellationToken), group => group.ToResponse());

    private static Task<IResult> CreateAsync(HttpContext http, Actor actor, IGroupService groups, CancellationToken cancellationToken) =>
        Replies.WithBodyAsync<CreateGroupRequest>(http, async body =>
        {
            var command = new CreateGroupCommand
            {
                Name = body.Name,
                Description = body.Description,
                Tier = body.Tier,
                Limits = body.Limits,
            };
            return Replies.From(await groups.CreateAsync(actor, command, cancellationToken), group => group.ToResponse());
        });

    private static Task<IResult> UpdateAsync(
        HttpContext http, Actor actor, [Description(IdText)] RowId id, IGroupService groups, CancellationToken cancellationToken) =>
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
        HttpContext http, Actor actor, [Description(IdText)] RowId id, IGroupService groups, CancellationToken cancellationToken) =>
        Replies.Done(await groups.DeleteAsync(actor, id.Value, cancellationToken), Deleted);

    private static async Task<IResult> ListMembersAsync(
        HttpContext http, Actor actor, [Description(IdText)] RowId id, IGroupService groups, CancellationToken cancellationToken)
    {
        var query = new StrictQuery(http);
        var wanted = UserListQuery.Read(query);
        if (query.Refusal is { } fault)
        {
            return Replies.Refused(fault);
        }

        return Replies.Page(
            http, await groups.ListMembersAsync(actor, id.Value, wanted, cancellationToken), user => user.ToResponse(actor));
    }

    private static async Task<IResult> AddMemberAsync(
        HttpContext http, Actor actor, [Description(IdText)] RowId id,
        [FromRoute(Name = "user_id"), Description(UserIdText)] RowId user, IGroupService groups,
        CancellationToken cancellationToken) =>
        Replies.Done(await groups.AddMemberAsync(actor, id.Value, user.Value, cancellationToken), MemberAdded);

    private static async Task<IResult> RemoveMemberAsync(
        HttpContext http, Actor actor, [Description(IdText)] RowId id,
        [FromRoute(Name = "user_id"), Description(UserIdText)] RowId user, IGroupService groups,
        CancellationToken cancellationToken) =>
        Replies.Done(await groups.RemoveMemberAsync(actor, id.Value, user.Value, cancellationToken), MemberRemoved);
}
