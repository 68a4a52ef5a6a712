using KohakuRiver.Auth.AdminPanel.Groups;
using KohakuRiver.Auth.AspNetCore;
using KohakuRiver.Auth.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Groups, their members and limits.</summary>
internal static class GroupEndpoints
{
    private const int PageSize = 50;
    private const string One = "/groups/{id:long:min(1)}";

    internal static void Map(RouteGroupBuilder panel)
    {
        panel.Page("/groups", ListAsync).RequirePermission(Permissions.ListUsers);
        panel.Post<CreateGroupForm>("/groups", CreateAsync, again: ListAsync).RequirePermission(Permissions.ManageUsers);
        panel.Page(One, ShowAsync).RequirePermission(Permissions.ListUsers);
        panel.Post<SaveGroupForm>(One, SaveAsync, again: ShowAsync).RequirePermission(Permissions.ManageUsers);
        panel.Post<AddMemberForm>(One + "/members", AddAsync, again: ShowAsync).RequirePermission(Permissions.ManageUsers);
        panel.Post(One + "/members/{user:long:min(1)}/remove", RemoveAsync, again: ShowAsync).RequirePermission(Permissions.ManageUsers);
        panel.Page(One + "/delete", AskDeleteAsync).RequirePermission(Permissions.ManageUsers);
        panel.Post(One + "/delete", DeleteAsync, again: AskDeleteAsync).RequirePermission(Permissions.ManageUsers);
    }

    private static async Task<IResult> ListAsync(PanelContext panel, IGroupService groups)
    {
        var all = await WholeList.ReadAsync(page => groups.ListAsync(panel.Actor, page, panel.Ct));
        if (!all.IsSuccess)
        {
            return PanelAnswers.Refused(all.Refusal);
        }

        var query = panel.Asked();
        var list = WholeList.Show(
            all.Value,
            query,
            group => [group.Name, group.Description],
            "-created_at",
            ("name", g => g.Name),
            ("description", g => g.Description),
            ("tier", g => g.Tier),
            ("limits", g => g.Limits.Count),
            ("members", g => g.MemberCount),
            ("created_at", g => g.CreatedAt));
        return query.Refusal is { } fault ? PanelAnswers.Refused(fault) : PanelAnswers.Page<GroupsPage>(list);
    }

    private static async Task<IResult> CreateAsync(PanelContext panel, CreateGroupForm form, IGroupService groups)
    {
        var limits = LimitsText.Parse(form.Limits, form.Faults);
        var refusal = form.Faults.ToRefusal();
        if (refusal is null)
        {
            var outcome = await groups.CreateAsync(
                panel.Actor,
                new CreateGroupCommand { Name = form.Name, Description = form.Description, Tier = form.Tier, Limits = limits },
                panel.Ct);
            if (outcome.IsSuccess)
            {
                return PanelAnswers.Done(panel, $"/groups/{outcome.Value.Id}", "group-created");
            }

            refusal = outcome.Refusal;
        }

        return await PanelAnswers.AgainAsync(panel, refusal, () => ListAsync(panel, groups));
    }

    private static async Task<IResult> ShowAsync(PanelContext panel, long id, IGroupService groups, IUserService users)
    {
        var query = panel.Asked();
        var search = query.Text("search", 100);
        var sort = query.OneOf("sort", UserSorts.All) ?? "username";
        var place = PagePlace.Read(query, sort);
        var wanted = UserSorts.Apply(
            new UserQuery
            {
                Search = query.Text("member", 100),
                Role = query.OneOf<Role>("role", RoleNames.All, RoleNames.TryParse),
                IsActive = query.Bool("is_active"),
                Page = new PageRequest(PageSize, place.Cursor),
            },
            sort);
        if (query.Refusal is { } fault)
        {
            return PanelAnswers.Refused(fault);
        }

        var group = await groups.GetAsync(panel.Actor, id, panel.Ct);
        if (!group.IsSuccess)
        {
            return PanelAnswers.Refused(group.Refusal);
        }

        var members = await groups.ListMembersAsync(panel.Actor, id, wanted, panel.Ct);
        return members.IsSuccess
            ? PanelAnswers.Page<GroupPage>(new GroupModel(
                group.Value, wanted, members.Value, place, search, await PeopleSearch.FindAsync(panel, users, search)))
            : PanelAnswers.Refused(members.Refusal);
    }

    private static async Task<IResult> SaveAsync(PanelContext panel, long id, SaveGroupForm form, IGroupService groups, IUserService users)
    {
        var change = LimitsText.Change(id, form.Limits, form.Faults) with
        {
            Name = form.Name.Changed,
            Description = form.Description.Changed,
            Tier = form.Tier.IsChanged ? form.Tier.Now ?? 0 : null,
        };
        var refusal = form.Faults.ToRefusal();
        if (refusal is null && change == new UpdateGroupCommand { Id = id })
        {
            return PanelAnswers.Done(panel, $"/groups/{id}", "nothing-changed");
        }

        refusal ??= (await groups.UpdateAsync(panel.Actor, change, panel.Ct)).Refusal;
        return refusal is null
            ? PanelAnswers.Done(panel, $"/groups/{id}", "group-saved")
            : await PanelAnswers.AgainAsync(panel, refusal, () => ShowAsync(panel, id, groups, users));
    }

    private static async Task<IResult> AddAsync(PanelContext panel, long id, AddMemberForm form, IGroupService groups)
    {
        var outcome = await groups.AddMemberAsync(panel.Actor, id, form.UserId, panel.Ct);
        return outcome.IsSuccess ? PanelAnswers.Done(panel, $"/groups/{id}", "member-added") : PanelAnswers.Refused(outcome.Refusal);
    }

    private static async Task<IResult> RemoveAsync(PanelContext panel, long id, long user, IGroupService groups)
    {
        var outcome = await groups.RemoveMemberAsync(panel.Actor, id, user, panel.Ct);
        return outcome.IsSuccess ? PanelAnswers.Done(panel, $"/groups/{id}", "member-removed")
            : outcome.Refusal.Kind == RefusalKind.Hidden ? PanelAnswers.Done(panel, $"/groups/{id}", "gone")
            : PanelAnswers.Refused(outcome.Refusal);
    }

    private static async Task<IResult> AskDeleteAsync(PanelContext panel, long id, IGroupService groups)
    {
        var group = await groups.GetAsync(panel.Actor, id, panel.Ct);
        return group.IsSuccess ? PanelAnswers.Page<DeleteGroupPage>(group.Value) : PanelAnswers.Refused(group.Refusal);
    }

    private static async Task<IResult> DeleteAsync(PanelContext panel, long id, IGroupService groups)
    {
        var outcome = await groups.DeleteAsync(panel.Actor, id, panel.Ct);
        return outcome.IsSuccess ? PanelAnswers.Done(panel, "/groups", "group-deleted") : PanelAnswers.Refused(outcome.Refusal);
    }
}
