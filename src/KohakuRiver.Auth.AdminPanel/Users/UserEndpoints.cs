using KohakuRiver.Auth.AdminPanel.Users;
using KohakuRiver.Auth.AspNetCore;
using KohakuRiver.Auth.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The list of users, and creating one.</summary>
internal static class UserEndpoints
{
    private const int PageSize = 50;

    internal static void Map(RouteGroupBuilder panel)
    {
        panel.Page("/users", ListAsync).RequirePermission(Permissions.ListUsers);
        panel.Page("/users/new", ShowNewAsync).RequirePermission(Permissions.ManageUsers);
        panel.Post<CreateUserForm>("/users/new", CreateAsync).RequirePermission(Permissions.ManageUsers);
    }

    internal static async Task<IResult> ListAsync(PanelContext panel, IUserService users, IGroupService groups)
    {
        var query = panel.Asked();
        var (wanted, place) = Read(query);
        if (query.Refusal is { } fault)
        {
            return PanelAnswers.Refused(fault);
        }

        var page = await users.ListAsync(panel.Actor, wanted, panel.Ct);
        return page.IsSuccess
            ? PanelAnswers.Page<UsersPage>(new UsersModel(wanted, place, page.Value, await GroupChoices.AllAsync(panel, groups)))
            : PanelAnswers.Refused(page.Refusal);
    }

    /// <summary>What the address of the list asks for; its faults are noted there.</summary>
    internal static (UserQuery Wanted, PagePlace Place) Read(StrictQuery query)
    {
        var sort = query.OneOf("sort", UserSorts.All) ?? "-created_at";
        var place = PagePlace.Read(query, sort);
        var wanted = new UserQuery
        {
            Search = query.Text("search", 100),
            Role = query.OneOf<Role>("role", RoleNames.All, RoleNames.TryParse),
            GroupId = query.Id("group_id"),
            IsActive = query.Bool("is_active"),
            Page = new PageRequest(PageSize, place.Cursor),
        };
        return (UserSorts.Apply(wanted, sort), place);
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
}
