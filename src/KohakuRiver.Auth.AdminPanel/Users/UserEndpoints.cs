using KohakuRiver.Auth.AdminPanel.Users;
using KohakuRiver.Auth.AspNetCore;
using KohakuRiver.Auth.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The list of users, making one, and changing several at once.</summary>
internal static class UserEndpoints
{
    private const int PageSize = 50;

    private static readonly string[] Sorts =
        ["username", "-username", "role", "-role", "created_at", "-created_at", "last_login", "-last_login"];

    internal static void Map(RouteGroupBuilder panel)
    {
        panel.Page("/users", ListAsync).RequirePermission(Permissions.ListUsers);
        panel.Post("/users/bulk", ChangeManyAsync, "change group_id back ids*").RequirePermission(Permissions.ManageUsers);
        panel.Page("/users/new", ShowNewAsync).RequirePermission(Permissions.ManageUsers);
        panel.Post("/users/new", CreateAsync, "username display_name password role current_password group_ids*")
            .RequirePermission(Permissions.ManageUsers);
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

    private static async Task<IResult> CreateAsync(PanelContext panel, IUserService users, IAccountService accounts, IGroupService groups)
    {
        var form = panel.Form!;
        var faults = new FieldFaults();
        var role = RoleNames.TryParse(form.Text("role"), out var parsed) ? parsed : (Role?)null;
        var command = new CreateUserCommand
        {
            Username = form.Filled("username"),
            DisplayName = form.Filled("display_name"),
            Password = form.Text("password"),
            Role = role,
            GroupIds = form.Ids("group_ids", faults),
        };
        var refusal = faults.ToRefusal() ?? await StepUp.ForRoleAsync(panel, accounts, role);
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
        PanelContext panel, IUserService users, IUserCredentialService credentials, IGroupService groups)
    {
        var form = panel.Form!;
        var faults = new FieldFaults();
        var ids = form.Ids("ids", faults);
        var change = form.Text("change");
        var group = form.Filled("group_id") is { } text
            && long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id)
            ? id
            : 0;
        if (faults.ToRefusal() is not null || change is not ("disable" or "enable" or "add_to_group" or "end_sessions"))
        {
            return PanelAnswers.Refused(PanelRefusals.BadForm);
        }

        if (ids.Count == 0 || (change == "add_to_group" && group == 0))
        {
            return PanelAnswers.Done(panel, "/users", "nothing-chosen");
        }

        var done = 0;
        foreach (var userId in ids.Distinct())
        {
            var refusal = change switch
            {
                "disable" => (
                    await users.UpdateAsync(panel.Actor, new UpdateUserCommand { Id = userId, IsActive = false }, panel.Ct)).Refusal,
                "enable" => (
                    await users.UpdateAsync(panel.Actor, new UpdateUserCommand { Id = userId, IsActive = true }, panel.Ct)).Refusal,
                "add_to_group" => (await groups.AddMemberAsync(panel.Actor, group, userId, panel.Ct)).Refusal,
                _ => (await credentials.EndSessionsAsync(panel.Actor, userId, panel.Ct)).Refusal,
            };
            done += refusal is null ? 1 : 0;
        }

        var left = ids.Distinct().Count() - done;
        return left == 0 ? PanelAnswers.Done(panel, "/users", "bulk", done) : PanelAnswers.Done(panel, "/users", "bulk-some", done, left);
    }
}
