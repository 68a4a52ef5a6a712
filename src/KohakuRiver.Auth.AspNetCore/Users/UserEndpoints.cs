using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Other people's accounts.</summary>
internal static class UserEndpoints
{
    private const string IdText = "The user's id.";
    private const string PasswordSet = "Password set; the user's sessions and tokens have ended.";
    private const string Unlocked = "Unlocked.";

    internal static void Map(RouteGroupBuilder api)
    {
        var users = api.UnderUsers();
        users.MapGet("/auth/users", ListAsync)
            .RequirePermission(Permissions.ListUsers)
            .Describe("listUsers", "List users", "Search, filter by role, group and state, sort, page.")
            .Pages(UserExamples.Mary, UserListQuery.OfAll);
        users.MapPost("/auth/users", CreateAsync)
            .RequirePermission(Permissions.ManageUsers)
            .TakesJson(UserExamples.Create, "username", "role")
            .Describe(
                "createUser",
                "Create a user",
                "The name must not be taken, regardless of case. With a password the user can log in at once, and has to change it "
                    + "first with "
                + "must_change. Without one nobody can log in yet, and the answer also has code, url and expires_at: a link, valid once "
                    + "and "
                + "for 7 days, by which the user sets the password.")
            .AnswersCreated(new CreatedUserResponse(UserExamples.Jane), 409);
        users.MapGet("/auth/users/{id}", GetAsync)
            .RequirePermission(Permissions.ListUsers)
            .Describe("getUser", "Show a user", null)
            .OfMary()
            .Answers(UserExamples.Mary, 404);
        users.MapPatch("/auth/users/{id}", UpdateAsync)
            .RequirePermission(Permissions.ManageUsers)
            .TakesJson(UserExamples.Update)
            .Describe(
                "updateUser",
                "Change a user",
                "Display name, role, groups, enabled, must change the password: all or nothing, in force on the user's next request. "
                + "group_ids replaces all groups; add_group_ids and remove_group_ids change single ones.")
            .OfMary()
            .Answers(UserExamples.Updated, 404, 409);
        users.MapPut("/auth/users/{id}/role", SetRoleAsync)
            .RequirePermission(Permissions.ManageUsers)
            .TakesJson(UserExamples.SetRole, "role")
            .Describe(
                "setUserRole",
                "Change a user's role",
                "In force on the user's next request. Nobody can change their own role, and the last active admin stays one.")
            .OfMary()
            .Answers(UserExamples.WithRole, 404, 409);
        users.MapPut("/auth/users/{id}/password", SetPasswordAsync)
            .RequirePermission(Permissions.ManageUsers)
            .TakesJson(UserExamples.SetPassword, "new_password")
            .Describe(
                "setUserPassword",
                "Set a user's password",
                "Ends the user's sessions and tokens. With must_change the user has to choose another one at the next login.")
            .OfMary()
            .AnswersMessage(PasswordSet, 404);
        users.MapPost("/auth/users/{id}/reset-link", ResetLinkAsync)
            .RequirePermission(Permissions.ManageUsers)
            .Describe("createResetLink", "Create a password reset link", "Valid once, for 24 hours. It is shown only once.")
            .OfMary()
            .Answers(UserExamples.ResetLink, 404);
        users.MapPost("/auth/users/{id}/unlock", UnlockAsync)
            .RequirePermission(Permissions.ManageUsers)
            .Describe("unlockUser", "Unlock a user's password login", "Ends the pause after too many wrong passwords.")
            .OfMary()
            .AnswersMessage(Unlocked, 404);
        users.MapDelete("/auth/users/{id}", DeleteAsync)
            .RequirePermission(Permissions.ManageUsers)
            .Describe(
                "deleteUser",
                "Delete a user",
                "With sessions, tokens, memberships, assignments and invitations. Tasks stay under the user's name.")
            .OfMary()
            .AnswersMessage(Deleted(UserExamples.Mary.Username), 404, 409);
        users.MapGet("/auth/users/{id}/sessions", ListSessionsAsync)
            .RequirePermission(Permissions.ManageUsers)
            .Describe("listUserSessions", "List a user's sessions", "Those that have not ended, newest first.")
            .OfMary()
            .AnswersAll(AccountExamples.OtherSession, 404);
        users.MapDelete("/auth/users/{id}/sessions", EndSessionsAsync)
            .RequirePermission(Permissions.ManageUsers)
            .Describe("endUserSessions", "End all sessions of a user", null)
            .OfMary()
            .AnswersMessage(SessionsEnded(1), 404);
    }

    // Nobody may do to themselves what the examples do, so they are about somebody else than the admin who sends them.
    private static RouteHandlerBuilder OfMary(this RouteHandlerBuilder endpoint) =>
        endpoint.WithPathExample("id", UserExamples.Mary.Id);

    private static async Task<IResult> ListAsync(HttpContext http, Actor actor, IUserService users, CancellationToken cancellationToken)
    {
        var query = new StrictQuery(http);
        var wanted = UserListQuery.Read(query);
        var username = UserListQuery.ReadUsername(query);
        return query.Refusal is { } fault ? Replies.Refused(fault)
            : username is not null ? await ListOneAsync(http, actor, username, users, cancellationToken)
            : Replies.Page(http, await users.ListAsync(actor, wanted, cancellationToken), user => user.ToResponse(actor));
    }

    // A list of one or of none, read by the name and not by going through all names.
    private static async Task<IResult> ListOneAsync(
        HttpContext http, Actor actor, string username, IUserService users, CancellationToken cancellationToken)
    {
        var found = await users.FindByNameAsync(actor, username, cancellationToken);
        if (!found.IsSuccess && found.Refusal.Kind != RefusalKind.Hidden)
        {
            return Replies.Refused(found.Refusal);
        }

        UserDetails[] rows = found.IsSuccess ? [found.Value] : [];
        return Paging.List(
            http, new Page<UserDetails>(rows, null, rows.Length), user => user.ToResponse(actor), ContractsJson.Of<UserResponse>());
    }

    private static async Task<IResult> GetAsync(
        HttpContext http, Actor actor, [Description(IdText)] RowId id, IUserService users, CancellationToken cancellationToken) =>
        Replies.From(await users.GetAsync(actor, id.Value, cancellationToken), user => user.ToResponse(actor));

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
                MustChange = body.MustChange ?? false,
            };
            return body.Password is null
                ? Replies.From(
                    await users.CreateWithCodeAsync(actor, command, cancellationToken),
                    made => new CreatedUserResponse(made.User.ToResponse(forAdmin: true), ToLink(http, made.Code)),
                    StatusCodes.Status201Created)
                : Replies.From(
                    await users.CreateAsync(actor, command, cancellationToken),
                    user => new CreatedUserResponse(user.ToResponse(forAdmin: true)),
                    StatusCodes.Status201Created);
        });

    private static Task<IResult> UpdateAsync(
        HttpContext http, Actor actor, [Description(IdText)] RowId id, IUserService users, CancellationToken cancellationToken) =>
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
                MustChangePassword = body.MustChangePassword,
            };
            return Replies.From(await users.UpdateAsync(actor, command, cancellationToken), user => user.ToResponse(forAdmin: true));
        });

    private static Task<IResult> SetRoleAsync(
        HttpContext http, Actor actor, [Description(IdText)] RowId id, IUserService users, CancellationToken cancellationToken) =>
        Replies.WithBodyAsync<SetRoleRequest>(http, async body =>
        {
            if (body.Role is null)
            {
                return Replies.Refused(Refusal.Field(nameof(UpdateUserCommand.Role), "A role is needed."));
            }

            var command = new UpdateUserCommand { Id = id.Value, Role = body.Role };
            return Replies.From(await users.UpdateAsync(actor, command, cancellationToken), user => user.ToResponse(forAdmin: true));
        });

    private static Task<IResult> SetPasswordAsync(
        HttpContext http, Actor actor, [Description(IdText)] RowId id, IUserService users, CancellationToken cancellationToken) =>
        Replies.WithBodyAsync<SetPasswordRequest>(http, async body => Replies.Done(
            await users.SetPasswordAsync(actor, id.Value, body.NewPassword, body.MustChange ?? false, cancellationToken),
            PasswordSet));

    private static async Task<IResult> ResetLinkAsync(
        HttpContext http, Actor actor, [Description(IdText)] RowId id, IUserCredentialService credentials,
        CancellationToken cancellationToken) =>
        Replies.From(
            await credentials.CreateResetCodeAsync(actor, id.Value, cancellationToken),
            created => ToLink(http, created));

    private static ResetLinkResponse ToLink(HttpContext http, CreatedCode created) =>
        new(created.Secret.Reveal(), PageLinks.Reset(http, created.Secret), created.ExpiresAt);

    private static async Task<IResult> UnlockAsync(
        HttpContext http, Actor actor, [Description(IdText)] RowId id, IUserService users, CancellationToken cancellationToken) =>
        Replies.Done(await users.UnlockAsync(actor, id.Value, cancellationToken), Unlocked);

    private static async Task<IResult> DeleteAsync(
        HttpContext http, Actor actor, [Description(IdText)] RowId id, IUserService users, CancellationToken cancellationToken) =>
        Replies.From(
            await users.DeleteAsync(actor, id.Value, cancellationToken),
            user => new MessageResponse(Deleted(user.Username)));

    private static async Task<IResult> ListSessionsAsync(
        HttpContext http, Actor actor, [Description(IdText)] RowId id, IUserCredentialService credentials,
        CancellationToken cancellationToken) =>
        Replies.From(await credentials.ListSessionsAsync(actor, id.Value, cancellationToken), sessions => sessions.ToResponse());

    private static async Task<IResult> EndSessionsAsync(
        HttpContext http, Actor actor, [Description(IdText)] RowId id, IUserCredentialService credentials,
        CancellationToken cancellationToken) =>
        Replies.From(
            await credentials.EndSessionsAsync(actor, id.Value, cancellationToken),
            count => new MessageResponse(SessionsEnded(count)));

    private static string Deleted(string username) => $"User {username} deleted.";

    private static string SessionsEnded(int count) => $"{count} sessions ended.";
}
