using KohakuRiver.Auth.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Other people's accounts.</summary>
internal static class UserEndpoints
{
    private static readonly Dictionary<string, UserSort> Sorts = new(StringComparer.Ordinal)
    {
        ["username"] = UserSort.Username,
        ["role"] = UserSort.Role,
        ["created_at"] = UserSort.CreatedAt,
        ["last_login"] = UserSort.LastLogin,
    };

    internal static IEnumerable<string> SortNames => Sorts.Keys;

    internal static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/auth/users", ListAsync).RequirePermission(Permissions.ListUsers)
            .Describe("listUsers", "List users", "Search, filter by role, group and state, sort, page.")
                .Pages<UserResponse>("search", "role", "group_id", "is_active", "sort");
        api.MapPost("/auth/users", CreateAsync)
            .RequirePermission(Permissions.ManageUsers)
            .TakesJson<CreateUserRequest>("username", "password", "role")
            
                .Describe("createUser", "Create a user", "Its name must be free, regardless of case. The password is the person's own "
                    + "at once; an invitation spares sending one.")
                .AnswersCreated<UserResponse>(409);
        api.MapGet("/auth/users/{id}", GetAsync).RequirePermission(Permissions.ListUsers)
            .Describe("getUser", "Show a user", null).Answers<UserResponse>(404);
        api.MapPatch("/auth/users/{id}", UpdateAsync).RequirePermission(Permissions.ManageUsers).TakesJson<UpdateUserRequest>()
            
                .Describe("updateUser", "Change a user", "Display name, role, groups, enabled; all or nothing, in force on the user's "
                    + "next request. group_ids replaces all groups; add_group_ids and remove_group_ids change single ones.")
                .Answers<UserResponse>(404, 409);
        api.MapPut("/auth/users/{id}/role", SetRoleAsync).RequirePermission(Permissions.ManageUsers).TakesJson<SetRoleRequest>("role")
            
                .Describe(
                    "setUserRole",
                    "Change a user's role",
                    "In force on the user's next request. Nobody changes their own, and the last active admin stays one.")
                .Answers<UserResponse>(404, 409);
        api.MapPut("/auth/users/{id}/password", SetPasswordAsync)
            .RequirePermission(Permissions.ManageUsers)
            .TakesJson<SetPasswordRequest>("new_password")
            .Describe("setUserPassword", "Set a user's password", "Ends the user's sessions and tokens.").Answers<MessageResponse>(404);
        api.MapPost("/auth/users/{id}/reset-link", ResetLinkAsync).RequirePermission(Permissions.ManageUsers)
            .Describe("createResetLink", "Make a password reset link", "Good for 24 hours, once; shown once.")
                .Answers<ResetLinkResponse>(404);
        api.MapPost("/auth/users/{id}/unlock", UnlockAsync).RequirePermission(Permissions.ManageUsers)
            .Describe("unlockUser", "Unlock a user's password login", "Ends the pause after too many wrong passwords.")
                .Answers<MessageResponse>(404);
        api.MapDelete("/auth/users/{id}", DeleteAsync).RequirePermission(Permissions.ManageUsers)
            
                .Describe(
                    "deleteUser",
                    "Delete a user",
                    "With sessions, tokens, memberships, assignments and invitations; tasks stay under the user's name.")
                .Answers<MessageResponse>(404, 409);
        api.MapGet("/auth/users/{id}/sessions", ListSessionsAsync).RequirePermission(Permissions.ManageUsers)
            .Describe("listUserSessions", "List a user's sessions", "Those that are alive, newest first.")
                .Answers<IReadOnlyList<SessionResponse>>(404);
        api.MapDelete("/auth/users/{id}/sessions", EndSessionsAsync).RequirePermission(Permissions.ManageUsers)
            .Describe("endUserSessions", "End all sessions of a user", null).Answers<MessageResponse>(404);
    }

    internal static UserQuery ReadQuery(StrictQuery query)
    {
        var sort = query.Text("sort", 32);
        var descending = sort is null || sort.StartsWith('-');
        var by = UserSort.CreatedAt;
        if (sort is not null && !Sorts.TryGetValue(descending ? sort[1..] : sort, out by))
        {
            query.Fault("sort", $"Must be one of {string.Join(", ", Sorts.Keys)}, with - in front for descending.");
        }

        var wanted = new UserQuery
        {
            Search = query.Text("search", 100),
            Role = query.OneOf<Role>("role", RoleNames.All, RoleNames.TryParse),
            GroupId = query.Id("group_id"),
            IsActive = query.Bool("is_active"),
            Sort = by,
            Descending = descending,
            Page = new PageRequest(1),
        };
        return wanted with { Page = query.Page(wanted.OrderName) };
    }

    private static async Task<IResult> ListAsync(HttpContext http, Actor actor, IUserService users, CancellationToken cancellationToken)
    {
        var query = new StrictQuery(http);
        var wanted = ReadQuery(query);
        return query.Refusal is { } fault
            ? Replies.Refused(fault)
            : Replies.Page(http, await users.ListAsync(actor, wanted, cancellationToken), user => user.ToResponse(ShowsLock(actor)));
    }

    private static async Task<IResult> GetAsync(
        HttpContext http, Actor actor, RowId id, IUserService users, CancellationToken cancellationToken) =>
        Replies.From(await users.GetAsync(actor, id.Value, cancellationToken), user => user.ToResponse(ShowsLock(actor)));

    private static Task<IResult> CreateAsync(HttpContext http, Actor actor, IUserService users, CancellationToken cancellationToken) =>
        Replies.WithBodyAsync<CreateUserRequest>(http, async body =>
        {
            var command = new CreateUserCommand
            {
                Username = body.Username,
                Password = body.Password,
                Role = body.Role,
                DisplayName = body.DisplayName,
                GroupIds = body.GroupIds,
            };
            return Replies.From(
                await users.CreateAsync(actor, command, cancellationToken),
                user => user.ToResponse(showLock: true),
                StatusCodes.Status201Created);
        });

    private static Task<IResult> UpdateAsync(
        HttpContext http, Actor actor, RowId id, IUserService users, CancellationToken cancellationToken) =>
        Replies.WithBodyAsync<UpdateUserRequest>(http, async body =>
        {
            var command = new UpdateUserCommand
            {
                Id = id.Value,
                DisplayName = body.DisplayName,
                Role = body.Role,
                IsActive = body.IsActive,
                GroupIds = body.GroupIds,
                AddGroupIds = body.AddGroupIds,
                RemoveGroupIds = body.RemoveGroupIds,
            };
            return Replies.From(await users.UpdateAsync(actor, command, cancellationToken), user => user.ToResponse(showLock: true));
        });

    private static Task<IResult> SetRoleAsync(
        HttpContext http, Actor actor, RowId id, IUserService users, CancellationToken cancellationToken) =>
        Replies.WithBodyAsync<SetRoleRequest>(http, async body =>
        {
            if (body.Role is null)
            {
                return Replies.Refused(Refusal.Field(nameof(UpdateUserCommand.Role), "A role is needed."));
            }

            var command = new UpdateUserCommand { Id = id.Value, Role = body.Role };
            return Replies.From(await users.UpdateAsync(actor, command, cancellationToken), user => user.ToResponse(showLock: true));
        });

    private static Task<IResult> SetPasswordAsync(
        HttpContext http, Actor actor, RowId id, IUserService users, CancellationToken cancellationToken) =>
        Replies.WithBodyAsync<SetPasswordRequest>(http, async body => Replies.Done(
            await users.SetPasswordAsync(actor, id.Value, body.NewPassword, cancellationToken),
            "Password set; the user's sessions and tokens have ended."));

    private static async Task<IResult> ResetLinkAsync(
        HttpContext http, Actor actor, RowId id, IUserCredentialService credentials, CancellationToken cancellationToken) =>
        Replies.From(
            await credentials.CreateResetCodeAsync(actor, id.Value, cancellationToken),
            created => new ResetLinkResponse(created.Secret.Reveal(), PageLinks.Reset(http, created.Secret), created.ExpiresAt));

    private static async Task<IResult> UnlockAsync(
        HttpContext http, Actor actor, RowId id, IUserService users, CancellationToken cancellationToken) =>
        Replies.Done(await users.UnlockAsync(actor, id.Value, cancellationToken), "Unlocked.");

    private static async Task<IResult> DeleteAsync(
        HttpContext http, Actor actor, RowId id, IUserService users, CancellationToken cancellationToken) =>
        Replies.From(
            await users.DeleteAsync(actor, id.Value, cancellationToken),
            user => new MessageResponse($"User {user.Username} deleted."));

    private static async Task<IResult> ListSessionsAsync(
        HttpContext http, Actor actor, RowId id, IUserCredentialService credentials, CancellationToken cancellationToken) =>
        Replies.From(await credentials.ListSessionsAsync(actor, id.Value, cancellationToken), sessions => sessions.ToResponse());

    private static async Task<IResult> EndSessionsAsync(
        HttpContext http, Actor actor, RowId id, IUserCredentialService credentials, CancellationToken cancellationToken) =>
        Replies.From(
            await credentials.EndSessionsAsync(actor, id.Value, cancellationToken),
            count => new MessageResponse($"{count} sessions ended."));

    private static bool ShowsLock(Actor actor) => AccessRules.Decide(actor, Permissions.ManageUsers).IsAllowed;
}
