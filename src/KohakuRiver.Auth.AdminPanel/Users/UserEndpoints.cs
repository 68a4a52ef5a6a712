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
        panel.Post<CreateUserForm>("/users/new", CreateAsync, again: ShowNewAsync, onlyOnce: true, stepUp: true)
            .RequirePermission(Permissions.ManageUsers);
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
        PanelContext panel,
        CreateUserForm form,
        IUserService users,
        IAccountService accounts,
        IGroupService groups)
    {
        var way = form.FirstPassword ?? FirstPassword.Typed;
        var command = new CreateUserCommand
        {
            Username = form.Username.Filled(),
            DisplayName = form.DisplayName.Filled(),
            Password = way switch
            {
                FirstPassword.Typed => form.Password.Reveal(),
                FirstPassword.Generated => GeneratedPassword.Create(panel.Options.Passwords.MinimumLength),
                _ => null,
            },
            WithoutPassword = way == FirstPassword.Link,

            // A link is used by nobody but them.
            MustChange = way != FirstPassword.Link && form.MustChange is true,
            Role = form.Role,
            GroupIds = form.GroupIds,
        };

        // Everything that is wrong is said at once, and before anybody is asked for their own password.
        var check = await users.CheckNewAsync(panel.Actor, command, panel.Ct);
        var refusal = check.Refusal is { Errors: null } whole ? whole : form.Faults.Add(check.Refusal).ToRefusal();
        if (refusal is null)
        {
            if (form.Role == Role.Admin && await AskAsync(panel, accounts, command.Username) is { } question)
            {
                return question;
            }

            if (way == FirstPassword.Link)
            {
                var made = await users.CreateWithCodeAsync(panel.Actor, command, panel.Ct);
                if (made.IsSuccess)
                {
                    var (link, end) = (PageLinks.Reset(panel.Http, made.Value.Code.Secret), made.Value.Code.ExpiresAt);
                    return PanelAnswers.Page<CreatedUserPage>(new CreatedUserModel(made.Value.User, null, link, end));
                }

                return await AgainAsync(made.Refusal);
            }

            var outcome = await users.CreateAsync(panel.Actor, command, panel.Ct);
            if (outcome.IsSuccess)
            {
                return way == FirstPassword.Typed
                    ? PanelAnswers.Done(panel, $"/users/{outcome.Value.User.Id}", "user-created")
                    : PanelAnswers.Page<CreatedUserPage>(new CreatedUserModel(outcome.Value, command.Password, null, null));
            }

            refusal = outcome.Refusal;
        }

        return await AgainAsync(refusal);

        Task<IResult> AgainAsync(Refusal why) => PanelAnswers.AgainAsync(panel, why, () => ShowNewAsync(panel, groups));
    }

    private static Task<IResult?> AskAsync(PanelContext panel, IAccountService accounts, string? username) => StepUp.AskAsync(
        panel,
        accounts,
        panel.Texts["{0} becomes an admin and can manage everything.", username],
        panel.Texts["Create user"],
        "/users/new");
}
