using KohakuRiver.Auth.AdminPanel.Users;
using KohakuRiver.Auth.AspNetCore;
using KohakuRiver.Auth.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The list of users, creating one, and changing several at once.</summary>
internal static class UserEndpoints
{
    private const int PageSize = 50;

    private static readonly string[] Sorts =
        ["username", "-username", "role", "-role", "created_at", "-created_at", "last_login", "-last_login"];

    internal static void Map(RouteGroupBuilder panel)
    {
        panel.Page("/users", ListAsync).RequirePermission(Permissions.ListUsers);
        panel.Post<ChangeUsersForm>("/users/bulk", ChangeManyAsync).RequirePermission(Permissions.ManageUsers);
        panel.Page("/users/new", ShowNewAsync).RequirePermission(Permissions.ManageUsers);
        panel.Post<CreateUserForm>("/users/new", CreateAsync).RequirePermission(Permissions.ManageUsers);
    }

    private static async Task<IResult> ListAsync(PanelContext panel, IUserService users, IGroupService groups)
    {
        var query = new StrictQuery(panel.Http);
        var sort = query.OneOf("sort", Sorts) ?? "-created_at";
        var wanted = new UserQuery
        {
            Search = query.Text("search", 100),
            Role = query.OneOf<Role>("role", RoleNames.All, RoleNames.TryParse),
            GroupId = query.Id("group_id"),
            IsActive = query.Bool("is_active"),
            Sort = sort.TrimStart('-') switch
            {
                "username" => UserSort.Username,
                "role" => UserSort.Role,
                "last_login" => UserSort.LastLogin,
                _ => UserSort.CreatedAt,
            },
            Descending = sort[0] == '-',
            Page = new PageRequest(PageSize, query.Cursor(sort)),
        };
        if (query.Refusal is { } fault)
        {
            return PanelAnswers.Refused(fault);
        }

        var page = await users.ListAsync(panel.Actor, wanted, panel.Ct);
        return page.IsSuccess
            ? PanelAnswers.Page<UsersPage>(new UsersModel(wanted, page.Value, await GroupChoices.AllAsync(panel, groups)))
            : PanelAnswers.Refused(page.Refusal);
    }

    private static async Task<IResult> ShowNewAsync(PanelContext panel, IGroupService groups) =>
        PanelAnswers.Page<NewUserPage>(new NewUserModel(await GroupChoices.AllAsync(panel, groups)));

    private static async Task<IResult> CreateAsync(
        PanelContext panel, CreateUserForm form, IUserService users, IAccountService accounts, IGroupService groups)
    {
        var command = new CreateUserCommand
        {
            Username = form.Username.Filled(),
            DisplayName = form.DisplayName.Filled(),
            Password = form.Password.Reveal(),
            Role = form.Role,
            GroupIds = form.GroupIds,
        };
        var refusal = form.Faults.ToRefusal() ?? await StepUp.ForRoleAsync(panel, accounts, form.Role, form.CurrentPassword);
        if (refusal is null)
        {
            var outcome = await users.CreateAsync(panel.Actor, command, panel.Ct);
            if (outcome.IsSuccess)
            {
                return PanelAnswers.Done(panel, $"/users/{outcome.Value.User.Id}", "user-created");
            }

            refusal = outcome.Refusal;
        }

        return await PanelAnswers.AgainAsync(panel, refusal, () => ShowNewAsync(panel, groups));
    }

    private static async Task<IResult> ChangeManyAsync(
        PanelContext panel, ChangeUsersForm form, IUserService users, IUserCredentialService credentials, IGroupService groups)
    {
        if (form.Faults.ToRefusal() is not null)
        {
            return PanelAnswers.Refused(PanelRefusals.BadForm);
        }

        var ids = form.Ids.Distinct().ToList();
        if (ids.Count == 0 || (form.Change == UsersChange.AddToGroup && form.GroupId is null))
        {
            return PanelAnswers.Done(panel, "/users", "nothing-chosen");
        }

        var done = 0;
        foreach (var userId in ids)
        {
            var refusal = form.Change switch
            {
                UsersChange.AddToGroup => (await groups.AddMemberAsync(panel.Actor, form.GroupId!.Value, userId, panel.Ct)).Refusal,
                UsersChange.EndSessions => (await credentials.EndSessionsAsync(panel.Actor, userId, panel.Ct)).Refusal,
                var change => (await users.UpdateAsync(
                    panel.Actor, new UpdateUserCommand { Id = userId, IsActive = change == UsersChange.Enable }, panel.Ct)).Refusal,
            };
            done += refusal is null ? 1 : 0;
        }

        var left = ids.Count - done;
        return left == 0 ? PanelAnswers.Done(panel, "/users", "bulk", done) : PanelAnswers.Done(panel, "/users", "bulk-some", done, left);
    }
}
