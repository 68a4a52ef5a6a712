using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>What <see cref="IIdentityStore"/> promises.</summary>
[Subject("Identities")]
internal sealed class IdentityCases : StoreCases
{
    [Case]
    public async Task Link_ToAUser_GivesWhatWasWritten()
    {
        var user = await MakeUserAsync();
        var draft = DraftIdentity();
        var made = await WritesAsync(e => Stores.Identities.TryLinkAsync(user.Id, draft, null, e, Ct), i => i.Id);
        var expected = new ExternalIdentity
        {
            Id = made.Id,
            UserId = user.Id,
            Provider = draft.Provider,
            Key = draft.Key,
            LoginName = draft.LoginName,
            LinkedAt = draft.LinkedAt,
        };
        Assert.Equal(expected, made);
        Assert.Equal([expected], await Stores.Identities.ListAsync(user.Id, Ct));
        Assert.Equal(expected, (await Stores.Identities.FindAsync(draft.Key, Ct))?.Identity);
    }

    [Case]
    public async Task Find_Linked_GivesUserAndGroupsAsTheyAreNow()
    {
        var b = await MakeGroupAsync();
        var a = await MakeGroupAsync();
        var user = await MakeUserAsync(null, Role.User, a.Id, b.Id);
        var identity = await MakeIdentityAsync(user);
        var record = await Stores.Identities.FindAsync(identity.Key, Ct);
        Assert.Null(record?.Session);
        Assert.Null(record?.Token);
        Assert.Equal(user, record?.User);
        Assert.Equal([b.Id, a.Id], record?.GroupIds);

        await WritesAsync(e => Stores.Accounts.TryUpdateUserAsync(
            user.Id, new UserChange { Role = Role.Viewer, IsActive = false, GroupIds = [a.Id] }, Now, e, Ct));
        record = await Stores.Identities.FindAsync(identity.Key, Ct);
        Assert.Equal(Role.Viewer, record?.User.Role);
        Assert.False(record?.User.IsActive);
        Assert.Equal([a.Id], record?.GroupIds);
    }

    [Case]
    [Requirement("V6.8.1")]
    public async Task Find_OtherBytes_GivesNull()
    {
        var user = await MakeUserAsync();
        var draft = DraftIdentity() with { Key = new IdentityKey("scheme:Uni", "Ann\u00e9 1") };
        await MakeIdentityAsync(user, draft);
        Assert.NotNull(await Stores.Identities.FindAsync(draft.Key, Ct));
        foreach (var other in (IdentityKey[])
            [
                new("scheme:uni", "Ann\u00e9 1"), new("scheme:Uni", "ann\u00e9 1"), new("scheme:Uni", "Anne\u0301 1"),
                new("scheme:Uni", "Anne 1"), new("scheme:Uni", "Ann\u00e9 1 "), new("scheme:Uni", "Ann\u00e9"),
                new("scheme:Un", "iAnn\u00e9 1"), new("scheme:Un_", "Ann\u00e9 1"), new("scheme:%", "%"),
            ])
        {
            Assert.Null(await Stores.Identities.FindAsync(other, Ct));
        }
    }

    [Case]
    public async Task Find_LongestParts_AreKept()
    {
        var user = await MakeUserAsync();
        var key = new IdentityKey(new string('\u8a9e', IdentityKey.MaximumLength), new string('\u00df', IdentityKey.MaximumLength));
        var identity = await MakeIdentityAsync(user, DraftIdentity() with { Key = key });
        Assert.Equal(identity, (await Stores.Identities.FindAsync(key, Ct))?.Identity);
    }

    [Case]
    public async Task CreateUser_WithoutPassword_IsFoundByTheIdentityAlone()
    {
        var draft = DraftUser() with { PasswordHash = PasswordRecord.NoPassword };
        var identity = DraftIdentity();
        var made = await WritesAsync(e => Stores.Identities.TryCreateUserAsync(draft, identity, e, Ct), u => u.User.Id);
        Assert.Equal(made.User, (await Stores.Identities.FindAsync(identity.Key, Ct))?.User);
        Assert.False((await Stores.Users.FindPasswordAsync(draft.Username, Ct))?.HasPassword);
        Assert.Null(made.User.LastLoginAt);
    }

    [Case]
    public async Task CreateUser_TakenOrMissing_IsLost()
    {
        var taken = await MakeIdentityAsync(await MakeUserAsync("Owner"));
        var (user, identity) = (DraftUser("owner"), DraftIdentity() with { Key = taken.Key });
        await LosesAsync(WriteStatus.IdentityTaken, e => Stores.Identities.TryCreateUserAsync(user, identity, e, Ct));
        await LosesAsync(WriteStatus.IdentityTaken, e => Stores.Identities.TryCreateUserAsync(DraftUser(), identity, e, Ct));
        await LosesAsync(WriteStatus.NameTaken, e => Stores.Identities.TryCreateUserAsync(user, DraftIdentity(), e, Ct));
        await LosesAsync(
            WriteStatus.GroupMissing, e => Stores.Identities.TryCreateUserAsync(DraftUser(groups: 4711), DraftIdentity(), e, Ct));
    }

    [Case]
    [Requirement("V2.3.4")]
    public async Task CreateUser_ManyWithOneIdentity_OneWins()
    {
        var sets = await OpenTwoAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var identity = DraftIdentity();
            var entries = Enumerable.Range(0, Callers).Select(_ => Entry()).ToList();
            var results = await RaceAsync(sets, async (set, i) =>
                (await set.Identities.TryCreateUserAsync(DraftUser(), identity, entries[i], Ct)).Status);
            AssertWinners(1, WriteStatus.IdentityTaken, results);
            Assert.Equal(1, await CountAuditedAsync(entries));
        }
    }

    [Case]
    public async Task Link_TakenChangedOrMissing_IsLost()
    {
        var user = await MakeUserAsync();
        var identity = await MakeIdentityAsync(user);
        var other = await MakeUserAsync();
        var (same, another) = (DraftIdentity() with { Key = identity.Key }, DraftIdentity());
        await LosesAsync(WriteStatus.NotFound, e => Stores.Identities.TryLinkAsync(other.Id + 1000, same, "hash", e, Ct));
        await LosesAsync(WriteStatus.Conflict, e => Stores.Identities.TryLinkAsync(other.Id, same, "another hash", e, Ct));
        await LosesAsync(WriteStatus.IdentityTaken, e => Stores.Identities.TryLinkAsync(other.Id, same, null, e, Ct));
        await LosesAsync(WriteStatus.IdentityTaken, e => Stores.Identities.TryLinkAsync(user.Id, same, null, e, Ct));
        await LosesAsync(WriteStatus.SecondIdentity, e => Stores.Identities.TryLinkAsync(user.Id, another, null, e, Ct));

        var hash = await PasswordHashAsync(user.Id);
        await WritesAsync(
            e => Stores.Identities.TryLinkAsync(user.Id, DraftIdentity("scheme:Another"), hash, e, Ct), i => i.Id);
        Assert.Equal(2, (await Stores.Identities.ListAsync(user.Id, Ct)).Count);
    }

    [Case]
    [Requirement("V2.3.4")]
    public async Task Link_ManyUsersToOneIdentity_OneWins()
    {
        var sets = await OpenTwoAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var users = new List<User>();
            for (var i = 0; i < Callers; i++)
            {
                users.Add(await MakeUserAsync());
            }

            var identity = DraftIdentity();
            var results = await RaceAsync(sets, async (set, i) =>
                (await set.Identities.TryLinkAsync(users[i].Id, identity, null, Entry(), Ct)).Status);
            AssertWinners(1, WriteStatus.IdentityTaken, results);
        }
    }

    [Case]
    public async Task Unlink_OwnIdentity_IsGone()
    {
        var user = await MakeUserAsync();
        var (first, second) = (await MakeIdentityAsync(user), await MakeIdentityAsync(user, DraftIdentity("scheme:Another")));
        await WritesAsync(e => Stores.Identities.TryUnlinkAsync(first.Id, user.Id, e, Ct));
        Assert.Null(await Stores.Identities.FindAsync(first.Key, Ct));
        Assert.Equal([second], await Stores.Identities.ListAsync(user.Id, Ct));
        await LosesAsync(WriteStatus.NotFound, e => Stores.Identities.TryUnlinkAsync(first.Id, user.Id, e, Ct));

        var stranger = await MakeUserAsync();
        await LosesAsync(WriteStatus.NotFound, e => Stores.Identities.TryUnlinkAsync(second.Id, stranger.Id, e, Ct));
    }

    [Case]
    public async Task Unlink_TheLastWayIn_IsLost()
    {
        var draft = DraftIdentity();
        var user = await MakeUserWithoutPasswordAsync(draft);
        var only = (await Stores.Identities.ListAsync(user.Id, Ct)).Single();
        await LosesAsync(WriteStatus.LastWayIn, e => Stores.Identities.TryUnlinkAsync(only.Id, user.Id, e, Ct));

        await MakeIdentityAsync(user, DraftIdentity("scheme:Another"));
        await WritesAsync(e => Stores.Identities.TryUnlinkAsync(only.Id, user.Id, e, Ct));
        Assert.Null(await Stores.Identities.FindAsync(draft.Key, Ct));
    }

    [Case]
    public async Task Unlink_AllAtOnce_LeavesOneWayIn()
    {
        var sets = await OpenTwoAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var user = await MakeUserWithoutPasswordAsync(DraftIdentity());
            await MakeIdentityAsync(user, DraftIdentity("scheme:Another"));
            var both = await Stores.Identities.ListAsync(user.Id, Ct);
            var results = await RaceAsync(sets, (set, i) =>
                set.Identities.TryUnlinkAsync(both[i % 2].Id, user.Id, Entry(), Ct));
            Assert.Equal(1, results.Count(status => status == WriteStatus.Done));
            Assert.Single(await Stores.Identities.ListAsync(user.Id, Ct));
        }
    }

    [Case]
    public async Task Touch_LaterAndEarlier_KeepsTheLatest()
    {
        var user = await MakeUserAsync();
        var identity = await MakeIdentityAsync(user);
        var at = Tick();
        await TouchAsync(identity.Id, at);
        await TouchAsync(identity.Id, at.AddSeconds(-9));
        Assert.Equal(at, (await UserAsync(user.Id)).LastLoginAt);
        Assert.Equal(at, (await Stores.Identities.FindAsync(identity.Key, Ct))?.Identity?.SeenAt);
        await TouchAsync(identity.Id, at.AddSeconds(1));
        Assert.Equal(at.AddSeconds(1), (await Stores.Identities.FindAsync(identity.Key, Ct))?.Identity?.SeenAt);
    }

    [Case]
    public async Task Touch_Unlinked_StaysUnlinked()
    {
        var user = await MakeUserAsync();
        var identity = await MakeIdentityAsync(user);
        await WritesAsync(e => Stores.Identities.TryUnlinkAsync(identity.Id, user.Id, e, Ct));
        await TouchAsync(identity.Id, Tick());
        Assert.Empty(await Stores.Identities.ListAsync(user.Id, Ct));
    }

    /// <summary>Whoever knew the old password may have linked a sign-in of their own.</summary>
    [Case]
    [Requirement("S6")]
    public async Task SetPassword_AccountHadOne_UnlinksAll()
    {
        var user = await MakeUserAsync();
        var identity = await MakeIdentityAsync(user);
        await WritesAsync(e => Stores.Accounts.TrySetPasswordAsync(user.Id, "another", false, e, Ct));
        Assert.Null(await Stores.Identities.FindAsync(identity.Key, Ct));

        identity = await MakeIdentityAsync(user);
        var code = await MakeCodeAsync(user);
        await WritesAsync(e => Stores.Accounts.TryResetPasswordAsync(code.Hash, "a third", Now, e, Ct));
        Assert.Null(await Stores.Identities.FindAsync(identity.Key, Ct));
    }

    [Case]
    public async Task SetPassword_AccountHadNone_KeepsTheIdentity()
    {
        var draft = DraftIdentity();
        var user = await MakeUserWithoutPasswordAsync(draft);
        await WritesAsync(e => Stores.Accounts.TrySetPasswordAsync(user.Id, "its first", false, e, Ct));
        Assert.NotNull(await Stores.Identities.FindAsync(draft.Key, Ct));
    }

    [Case]
    public async Task ChangePassword_ByTheOwner_KeepsTheIdentity()
    {
        var user = await MakeUserAsync();
        var identity = await MakeIdentityAsync(user);
        var hash = await PasswordHashAsync(user.Id);
        await WritesAsync(e => Stores.Accounts.TryChangePasswordAsync(user.Id, hash, "another", 0, e, Ct));
        Assert.NotNull(await Stores.Identities.FindAsync(identity.Key, Ct));
    }

    [Case]
    public async Task DeleteUser_WithIdentities_TakesThemAlong()
    {
        var user = await MakeUserAsync();
        var identity = await MakeIdentityAsync(user);
        await WritesAsync(e => Stores.Accounts.TryDeleteUserAsync(user.Id, e, Ct));
        Assert.Null(await Stores.Identities.FindAsync(identity.Key, Ct));

        // Free for another account from now on.
        await MakeIdentityAsync(await MakeUserAsync(), DraftIdentity() with { Key = identity.Key });
    }

    private Task TouchAsync(long id, DateTimeOffset at) => WritesNoAuditAsync(
        () => Stores.Identities.TouchAsync(new Dictionary<long, DateTimeOffset> { [id] = at }, Ct));
}
