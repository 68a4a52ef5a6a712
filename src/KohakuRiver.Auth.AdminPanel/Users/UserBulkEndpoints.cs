using System.Globalization;
using KohakuRiver.Auth.AdminPanel.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Changing several users at once. Each is changed and checked by itself, and who was not is named with the reason.</summary>
internal static class UserBulkEndpoints
{
    /// <summary>The most users of one change.</summary>
    internal const int Most = 500;

    private const int TokensAtOnce = 100;

    internal static void Map(RouteGroupBuilder panel)
    {
        panel.Post<ChangeUsersForm>("/users/bulk", ChangeAsync, again: UserEndpoints.ListAsync, stepUp: true)
            .RequirePermission(Permissions.ManageUsers);
        panel.Post<UserRowForm>("/users/row", ActAsync, again: UserEndpoints.ListAsync).RequirePermission(Permissions.ManageUsers);
    }

    // The menu of a row: pages that ask by themselves are led to, and the rest is as if that row alone had been chosen.
    private static async Task<IResult> ActAsync(
        PanelContext panel,
        UserRowForm form,
        IUserService users,
        IGroupService groups,
        IAccountService accounts,
        IUserCredentialService credentials,
        ITokenService tokens)
    {
        if (form.Read() is not { } pressed)
        {
            return PanelAnswers.Refused(PanelRefusals.BadForm);
        }

        var page = string.Create(CultureInfo.InvariantCulture, $"/users/{pressed.Id}");
        return pressed.Act switch
        {
            UserRowAct.ResetLink => PanelAnswers.SeeOther(panel.SentToRow(page) + "#password"),
            UserRowAct.Delete => PanelAnswers.SeeOther(panel.SentToRow(page + "/delete")),
            UserRowAct.Enable => await ChangeAsync(UsersChange.Enable),
            UserRowAct.Disable => await ChangeAsync(UsersChange.Disable),
            _ => await ChangeAsync(UsersChange.EndSessions),
        };

        Task<IResult> ChangeAsync(UsersChange change) => UserBulkEndpoints.ChangeAsync(
            panel, new ChangeUsersForm(change, null, null, [pressed.Id], null, null), users, groups, accounts, credentials, tokens);
    }

    private static async Task<IResult> ChangeAsync(
        PanelContext panel,
        ChangeUsersForm form,
        IUserService users,
        IGroupService groups,
        IAccountService accounts,
        IUserCredentialService credentials,
        ITokenService tokens)
    {
        if (form.Faults.ToRefusal() is not null)
        {
            return PanelAnswers.Refused(PanelRefusals.BadForm);
        }

        if (MissingChoice(panel, form) is { } missing)
        {
            return await PanelAnswers.AgainAsync(panel, missing, () => UserEndpoints.ListAsync(panel, users, groups));
        }

        var chosen = form.Matching == true ? await MatchingAsync(panel, users) : form.Ids.Distinct().ToList();
        if (!chosen.IsSuccess)
        {
            return PanelAnswers.Refused(chosen.Refusal);
        }

        if (chosen.Value.Count == 0)
        {
            return PanelAnswers.Done(panel, "/users", "nothing-chosen");
        }

        var group = form.GroupId is { } groupId ? await groups.GetAsync(panel.Actor, groupId, panel.Ct) : null;
        if (form.IsOfAGroup && group is { IsSuccess: false })
        {
            return PanelAnswers.Refused(group.Refusal);
        }

        var people = new List<(long Id, User? User)>();
        foreach (var id in chosen.Value)
        {
            people.Add((id, (await users.GetAsync(panel.Actor, id, panel.Ct)).Value?.User));
        }

        var asked = new ChangeUsersModel(
            form, [.. people.Select(p => p.User).OfType<User>()], form.IsOfAGroup ? group?.Value : null);
        // Who it is and the own password are one question, about exactly those who are named.
        if (form.NeedsPassword)
        {
            if (await StepUp.AskAsync(
                panel,
                accounts,
                form.Of(panel.Sent!, people.Select(p => p.Id)),
                confirm => PanelAnswers.Page<ChangeUsersPage>(asked with { Confirm = confirm })) is { } question)
            {
                return question;
            }
        }
        else if (form.Matching == true || (form.IsHarmful && form.Sure != true))
        {
            return PanelAnswers.Page<ChangeUsersPage>(asked);
        }

        var failed = new List<(string Name, string Reason)>();
        foreach (var (id, user) in people)
        {
            var refusal = user is null
                ? Refusals.Hidden
                : await ChangeOneAsync(panel, form, id, users, credentials, tokens);
            if (refusal is not null)
            {
                failed.Add((user?.Username ?? panel.Texts["user {0}", id], Reason(panel, refusal)));
            }
        }

        return failed.Count == 0
            ? PanelAnswers.Done(panel, "/users", UsersChangeText.Done(form.Change), people.Count)
            : PanelAnswers.Page<UsersChangedPage>(new UsersChangedModel(form, people.Count - failed.Count, failed));
    }

    // What a button of the list needs beside it: said there, with everything that was chosen still chosen.
    private static Refusal? MissingChoice(PanelContext panel, ChangeUsersForm form) =>
        form.IsOfAGroup && form.GroupId is null ? Refusal.Field(nameof(form.GroupId), "Choose a group.")
        : form.Change == UsersChange.SetRole && form.Role is null ? Refusal.Field(nameof(form.Role), "Choose a role.")
        : null;

    private static async Task<KohakuResult<List<long>>> MatchingAsync(PanelContext panel, IUserService users)
    {
        var query = panel.Asked();
        var (wanted, _) = UserEndpoints.Read(query);
        if (query.Refusal is { } fault)
        {
            return fault;
        }

        var page = await users.ListAsync(panel.Actor, wanted with { Page = new PageRequest(Most) }, panel.Ct);
        return !page.IsSuccess ? page.Refusal
            : page.Value.Total > Most
                ? new Refusal(
                    RefusalKind.Invalid,
                    panel.Texts["{0} users match, and at most {1} can be changed at once. Narrow the filter.", page.Value.Total, Most])
            : page.Value.Items.Select(u => u.User.Id).ToList();
    }

    private static async Task<Refusal?> ChangeOneAsync(
        PanelContext panel,
        ChangeUsersForm form,
        long id,
        IUserService users,
        IUserCredentialService credentials,
        ITokenService tokens) => form.Change switch
    {
        UsersChange.EndSessions => (await credentials.EndSessionsAsync(panel.Actor, id, panel.Ct)).Refusal,
        UsersChange.RevokeTokens => await RevokeAsync(panel, id, tokens),
        UsersChange.Delete => (await users.DeleteAsync(panel.Actor, id, panel.Ct)).Refusal,
        var change => (await users.UpdateAsync(
            panel.Actor,
            new UpdateUserCommand
            {
                Id = id,
                IsActive = change switch { UsersChange.Enable => true, UsersChange.Disable => false, _ => null },
                Role = change == UsersChange.SetRole ? form.Role : null,
                AddGroupIds = change == UsersChange.AddToGroup ? [form.GroupId!.Value] : null,
                RemoveGroupIds = change == UsersChange.RemoveFromGroup ? [form.GroupId!.Value] : null,
            },
            panel.Ct)).Refusal,
    };

    /// <summary>Revokes all tokens of a user; null when none is left.</summary>
    // Always the first page again: what was revoked is not in it any more, and tokens made with another go with it.
    internal static async Task<Refusal?> RevokeAsync(PanelContext panel, long id, ITokenService tokens)
    {
        var tried = new HashSet<long>();
        while (true)
        {
            var held = await tokens.ListAsync(panel.Actor, id, new PageRequest(TokensAtOnce), panel.Ct);
            if (!held.IsSuccess || held.Value.Items.Count == 0)
            {
                return held.Refusal;
            }

            // Never twice the same: what is neither revoked nor gone would be tried for ever.
            var left = held.Value.Items.Where(t => tried.Add(t.Id)).ToList();
            if (left.Count == 0)
            {
                return Refusals.Hidden;
            }

            foreach (var token in left)
            {
                var refusal = (await tokens.RevokeAsync(panel.Actor, token.Id, panel.Ct)).Refusal;
                if (refusal is not null && refusal.Kind != RefusalKind.Hidden)
                {
                    return refusal;
                }
            }
        }
    }

    private static string Reason(PanelContext panel, Refusal refusal) => refusal.Kind == RefusalKind.Hidden
        ? panel.Texts["No longer there."]
        : panel.Texts.Say(refusal);
}
