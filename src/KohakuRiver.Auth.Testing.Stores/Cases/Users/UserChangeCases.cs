using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>Changing users, and the last admin.</summary>
[Subject("Users")]
internal sealed class UserChangeCases : AccountCases
{
    [Case]
    public async Task UpdateUser_SomeFields_LeavesTheOthers()
    {
        var group = await MakeGroupAsync();
        var user = await MakeUserAsync(null, Role.User, group.Id);
        var session = await MakeSessionAsync(user);
        var stored = await UserAsync(user.Id);

        var updated = await ChangeAsync(user, new UserChange { DisplayName = "New \U0001F30A name" });
        Assert.Equal(stored with { DisplayName = "New \U0001F30A name" }, updated.User);
        Assert.Equal([new GroupRef(group.Id, group.Name)], updated.Groups);
        Assert.Equal(1, updated.ActiveSessions);

        updated = await ChangeAsync(user, new UserChange { Role = Role.Operator });
        Assert.Equal(stored with { DisplayName = "New \U0001F30A name", Role = Role.Operator }, updated.User);
        Assert.Equal(updated.User, await UserAsync(user.Id));
        Assert.Equal(Role.Operator, (await Stores.Sessions.FindAsync(session.Hash, Ct))?.User.Role);
        await ChangeAsync(user, new UserChange());
        Assert.Equal(updated.User, await UserAsync(user.Id));
    }

    [Case]
    public async Task UpdateUser_Language_IsKeptChangedAndTakenAway()
    {
        var user = await MakeUserAsync();
        Assert.Null((await UserAsync(user.Id)).Language);
        var longest = "zh-Hant-TW-x-" + new string('a', 8) + "-" + new string('b', 8) + "-ccc";
        foreach (var tag in new[] { "ja", longest })
        {
            Assert.Equal(tag, (await ChangeAsync(user, new UserChange { Language = tag })).User.Language);
        }

        Assert.Equal(longest, (await ChangeAsync(user, new UserChange { DisplayName = "x" })).User.Language);
        var session = await MakeSessionAsync(user);
        Assert.Equal(longest, (await Stores.Sessions.FindAsync(session.Hash, Ct))?.User.Language);
        Assert.Null((await ChangeAsync(user, new UserChange { Language = "" })).User.Language);
        Assert.Null((await UserAsync(user.Id)).Language);
    }

    [Case]
    public async Task UpdateUser_RoleWithoutPermission_IsKeptLikeAnyOther()
    {
        var made = await MakeUserAsync(null, Role.Anony);
        var set = await MakeUserAsync(null, Role.Operator);
        var session = await MakeSessionAsync(set);

        Assert.Equal(Role.Anony, (await ChangeAsync(set, new UserChange { Role = Role.Anony })).User.Role);
        Assert.Equal([Role.Anony, Role.Anony], [(await UserAsync(made.Id)).Role, (await UserAsync(set.Id)).Role]);
        Assert.Equal(Role.Anony, (await Stores.Sessions.FindAsync(session.Hash, Ct))?.User.Role);
        var query = new UserQuery { Role = Role.Anony, Page = new PageRequest(10) };
        var listed = await Stores.Users.ListAsync(query, Now, Ct);
        Assert.Equal([made.Id, set.Id], listed.Items.Select(u => u.User.Id).Order());
        Assert.Equal(2, listed.Total);

        await ChangeAsync(set, new UserChange { Role = Role.Operator });
        Assert.Equal(1, (await Stores.Users.ListAsync(query, Now, Ct)).Total);
        Assert.Equal(Role.Operator, (await Stores.Sessions.FindAsync(session.Hash, Ct))?.User.Role);
    }

    [Case]
    public async Task UpdateUser_ResultSessions_AreCountedAtTheGivenNow()
    {
        var user = await MakeUserAsync();
        var (session, _) = await MakeSessionAsync(user);
        var change = new UserChange { DisplayName = "x" };
        var after = await WritesAsync(e => Stores.Accounts.TryUpdateUserAsync(user.Id, change, session.ExpiresAt, e, Ct));
        var before = await WritesAsync(
            e => Stores.Accounts.TryUpdateUserAsync(user.Id, change, session.ExpiresAt.AddMicroseconds(-1), e, Ct));
        Assert.Equal((0, 1), (after.ActiveSessions, before.ActiveSessions));
    }

    [Case]
    public async Task UpdateUser_Groups_AreReplacedAsAWhole()
    {
        var a = await MakeGroupAsync("Alpha");
        var b = await MakeGroupAsync("beta");
        var c = await MakeGroupAsync("Gamma");
        var user = await MakeUserAsync(null, Role.User, a.Id, b.Id);
        var updated = await ChangeAsync(user, new UserChange { GroupIds = [c.Id, b.Id] });
        Assert.Equal(["beta", "Gamma"], updated.Groups.Select(g => g.Name));
        Assert.Equal(["beta", "Gamma"], (await Stores.Groups.ListOfUserAsync(user.Id, Ct)).Select(g => g.Name));
        Assert.Equal(0, (await Stores.Groups.FindAsync(a.Id, Ct))?.MemberCount);
        Assert.Empty((await ChangeAsync(user, new UserChange { GroupIds = [] })).Groups);
    }

    [Case]
    public async Task UpdateUser_GroupsAddedAndRemoved_LeavesTheOthers()
    {
        var a = await MakeGroupAsync("Alpha");
        var b = await MakeGroupAsync("beta");
        var c = await MakeGroupAsync("Gamma");
        var d = await MakeGroupAsync("Delta");
        var user = await MakeUserAsync(null, Role.User, a.Id, b.Id, d.Id);
        var other = await MakeUserAsync(null, Role.User, a.Id);
        var updated = await ChangeAsync(user, new UserChange { AddGroupIds = [c.Id, b.Id], RemoveGroupIds = [a.Id] });
        Assert.Equal(["beta", "Delta", "Gamma"], updated.Groups.Select(g => g.Name));
        Assert.Equal(["beta", "Delta", "Gamma"], (await Stores.Groups.ListOfUserAsync(user.Id, Ct)).Select(g => g.Name));
        var changed = await ChangeAsync(user, new UserChange { DisplayName = "x", RemoveGroupIds = [a.Id], AddGroupIds = [] });
        Assert.Equal(["beta", "Delta", "Gamma"], changed.Groups.Select(g => g.Name));
        Assert.Equal([a.Id], (await Stores.Groups.ListOfUserAsync(other.Id, Ct)).Select(g => g.Id));
    }

    [Case]
    public async Task UpdateUser_OneAddedOrRemovedGroupMissing_ChangesNothing()
    {
        var a = await MakeGroupAsync();
        var user = await MakeUserAsync();
        var added = new UserChange { DisplayName = "x", AddGroupIds = [a.Id, a.Id + 1000] };
        await LosesAsync(WriteStatus.GroupMissing, e => Stores.Accounts.TryUpdateUserAsync(user.Id, added, Now, e, Ct));
        var removed = new UserChange { DisplayName = "x", AddGroupIds = [a.Id], RemoveGroupIds = [a.Id + 1000] };
        await LosesAsync(WriteStatus.GroupMissing, e => Stores.Accounts.TryUpdateUserAsync(user.Id, removed, Now, e, Ct));
    }

    [Case]
    public async Task UpdateUser_GroupsAddedByManyAtOnce_AreAllThere()
    {
        var sets = await OpenTwoAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var user = await MakeUserAsync();
            var groups = new List<long>();
            for (var i = 0; i < Callers; i++)
            {
                groups.Add((await MakeGroupAsync()).Id);
            }

            AssertWinners(Callers, WriteStatus.Done, await RaceAsync(sets, Callers, async (set, i) =>
                (await set.Accounts.TryUpdateUserAsync(user.Id, new UserChange { AddGroupIds = [groups[i]] }, Now, Entry(), Ct)).Status));
            Assert.Equal(groups, (await Stores.Groups.ListOfUserAsync(user.Id, Ct)).Select(g => g.Id).Order());
        }
    }

    [Case]
    [Requirement("V7.4.2")]
    public async Task UpdateUser_Disabling_EndsTheSessionsForGood()
    {
        var user = await MakeUserAsync();
        var (_, session) = await MakeSessionAsync(user);
        var (_, token) = await MakeTokenAsync(user);
        var (_, others) = await MakeSessionAsync(await MakeUserAsync());

        var disabled = await ChangeAsync(user, new UserChange { IsActive = false });
        Assert.False(disabled.User.IsActive);
        Assert.Equal(0, disabled.ActiveSessions);
        Assert.Null(await Stores.Sessions.FindAsync(session, Ct));
        Assert.False((await Stores.Tokens.FindAsync(token, Ct))?.User.IsActive);
        Assert.NotNull(await Stores.Sessions.FindAsync(others, Ct));

        await ChangeAsync(user, new UserChange { IsActive = true });
        Assert.Null(await Stores.Sessions.FindAsync(session, Ct));
        Assert.True((await Stores.Tokens.FindAsync(token, Ct))?.User.IsActive);
    }

    [Case]
    public async Task UpdateUser_UnknownUser_IsLost()
    {
        var user = await MakeUserAsync();
        await LosesAsync(
            WriteStatus.NotFound,
            e => Stores.Accounts.TryUpdateUserAsync(user.Id + 1000, new UserChange { Role = Role.Viewer }, Now, e, Ct));
    }

    [Case]
    public async Task UpdateUser_OneGroupMissing_ChangesNothing()
    {
        var a = await MakeGroupAsync();
        var b = await MakeGroupAsync();
        var user = await MakeUserAsync(null, Role.User, a.Id);
        await MakeSessionAsync(user);
        var change = new UserChange { DisplayName = "x", Role = Role.Viewer, IsActive = false, GroupIds = [b.Id, b.Id + 1000] };
        await LosesAsync(WriteStatus.GroupMissing, e => Stores.Accounts.TryUpdateUserAsync(user.Id, change, Now, e, Ct));
    }

    [Case]
    public async Task UpdateUser_LastActiveAdmin_CanBeNeitherDemotedNorDisabledNorDeleted()
    {
        var last = await MakeUserAsync(null, Role.Admin);
        var disabled = await MakeUserAsync(null, Role.Admin);
        await ChangeAsync(disabled, new UserChange { IsActive = false });
        await MakeSessionAsync(last);

        var demoted = new UserChange { DisplayName = "x", Role = Role.Operator };
        await LosesAsync(WriteStatus.LastAdmin, e => Stores.Accounts.TryUpdateUserAsync(last.Id, demoted, Now, e, Ct));
        await LosesAsync(
            WriteStatus.LastAdmin, e => Stores.Accounts.TryUpdateUserAsync(last.Id, new UserChange { Role = Role.Anony }, Now, e, Ct));
        await LosesAsync(
            WriteStatus.LastAdmin, e => Stores.Accounts.TryUpdateUserAsync(last.Id, new UserChange { IsActive = false }, Now, e, Ct));
        await LosesAsync(WriteStatus.LastAdmin, e => Stores.Accounts.TryDeleteUserAsync(last.Id, e, Ct));

        await ChangeAsync(last, new UserChange { DisplayName = "x", Role = Role.Admin, IsActive = true });
        await ChangeAsync(disabled, new UserChange { Role = Role.Viewer });
        await WritesAsync(e => Stores.Accounts.TryDeleteUserAsync(disabled.Id, e, Ct));
    }

    [Case]
    public async Task UpdateUser_OtherAdminHasNoPassword_IsTheLastAllTheSame()
    {
        var last = await MakeUserAsync(null, Role.Admin);
        var other = await MakeUserWithoutPasswordAsync(DraftIdentity());
        await ChangeAsync(other, new UserChange { Role = Role.Admin });

        var demoted = new UserChange { Role = Role.Operator };
        await LosesAsync(WriteStatus.LastAdmin, e => Stores.Accounts.TryUpdateUserAsync(last.Id, demoted, Now, e, Ct));
        await LosesAsync(WriteStatus.LastAdmin, e => Stores.Accounts.TryDeleteUserAsync(last.Id, e, Ct));
        await ChangeAsync(other, demoted);
        await ChangeAsync(other, new UserChange { Role = Role.Admin });
        Assert.Equal(WriteStatus.Done, await Stores.Accounts.TrySetPasswordAsync(other.Id, "hash of the new one", false, Entry(), Ct));
        await ChangeAsync(last, demoted);
    }

    [Case]
    public async Task UpdateUser_NoAdminAtAll_ChangesOthersFreely()
    {
        var user = await MakeUserAsync(null, Role.Operator);
        await ChangeAsync(user, new UserChange { Role = Role.Viewer, IsActive = false });
        await WritesAsync(e => Stores.Accounts.TryDeleteUserAsync(user.Id, e, Ct));
    }

    [Case]
    [Requirement("V15.4.2")]
    public async Task UpdateUser_TwoAdminsRemovingEachOther_OneStays()
    {
        var sets = await OpenTwoAsync();
        var keeper = await MakeUserAsync(null, Role.Admin);
        for (var round = 0; round < Rounds; round++)
        {
            var other = await MakeUserAsync(null, Role.Admin);
            User[] pair = [keeper, other];
            var entries = Enumerable.Range(0, 2).Select(_ => Entry()).ToList();
            var results = await RaceAsync(sets, 2, (set, i) => RemoveAdminAsync(set, pair[i], round % 3, entries[i]));
            AssertWinners(1, WriteStatus.LastAdmin, results);
            Assert.Equal(1, await CountAuditedAsync(entries));
            keeper = pair[results.ToList().IndexOf(WriteStatus.LastAdmin)];
            Assert.Equal([keeper.Id], await ActiveAdminsAsync());
        }
    }

    [Case]
    public async Task UpdateUser_ManyRemovingAllAdmins_ExactlyOneStays()
    {
        var sets = await OpenTwoAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var admins = new List<User>();
            for (var i = 0; i < 4; i++)
            {
                admins.Add(await MakeUserAsync(null, Role.Admin));
            }

            var earlier = await ActiveAdminsAsync();
            var all = await Task.WhenAll(earlier.Select(UserAsync));
            await RaceAsync(sets, (set, i) => RemoveAdminAsync(set, all[i % all.Length], i / all.Length, Entry()));
            Assert.Single(await ActiveAdminsAsync());
        }
    }

    /// <summary>Demotes, disables or deletes.</summary>
    private async Task<WriteStatus> RemoveAdminAsync(KohakuStoreSet set, User admin, int way, AuthorizedWrite entry) => (way % 3) switch
    {
        0 => (await set.Accounts.TryUpdateUserAsync(admin.Id, new UserChange { Role = Role.User }, Now, entry, Ct)).Status,
        1 => (await set.Accounts.TryUpdateUserAsync(admin.Id, new UserChange { IsActive = false }, Now, entry, Ct)).Status,
        _ => (await set.Accounts.TryDeleteUserAsync(admin.Id, entry, Ct)).Status,
    };

    private async Task<IReadOnlyList<long>> ActiveAdminsAsync()
    {
        var query = new UserQuery { Role = Role.Admin, IsActive = true, Page = new PageRequest(1000) };
        return [.. (await Stores.Users.ListAsync(query, Now, Ct)).Items.Select(u => u.User.Id)];
    }
}
