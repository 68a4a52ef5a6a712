using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>Registering with an invitation.</summary>
[Subject("Registration")]
internal sealed class InvitedRegistrationCases : AccountCases
{
    [Case]
    [Requirement("Known_KohakuRiverInvitationGroup")]
    public async Task RegisterWithInvitation_Open_GivesExactlyItsRoleAndGroup()
    {
        var group = await MakeGroupAsync();
        var other = await MakeGroupAsync();
        var (invitation, code) = await MakeInvitationAsync(DraftInvitation(null, 2, Role.Viewer, group.Id));
        var session = DraftSession();
        var login = await WritesAsync(
            e => Stores.Accounts.TryRegisterWithInvitationAsync(DraftUser(null, Role.Admin, other.Id), code, Role.Operator, session, e, Ct),
            l => l.User.User.Id);
        await AssertLoggedInAsync(login, session);
        Assert.Equal(Role.Viewer, login.User.User.Role);
        Assert.Equal([new GroupRef(group.Id, group.Name)], login.User.Groups);
        Assert.Equal(invitation with { Uses = 1 }, await Stores.Invitations.FindAsync(code, Ct));
    }

    [Case]
    public async Task RegisterWithInvitation_CancelledAtAnyMoment_IsWholeOrAbsent()
    {
        var group = await MakeGroupAsync();
        var (_, code) = await MakeInvitationAsync(DraftInvitation(null, Rounds, Role.User, group.Id));
        var registered = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var (draft, session) = (DraftUser(), DraftSession());
            var happened = await HappensThoughCancelledAsync(round, async (entry, cancellationToken) =>
                (await Stores.Accounts.TryRegisterWithInvitationAsync(draft, code, Role.Operator, session, entry, cancellationToken))
                .Status);
            registered += happened ? 1 : 0;
            Assert.Equal(registered, (await Stores.Invitations.FindAsync(code, Ct))?.Uses);
            Assert.Equal(registered, (await Stores.Groups.FindAsync(group.Id, Ct))?.MemberCount);
            Assert.Equal(happened, await Stores.Sessions.FindAsync(session.Hash, Ct) is not null);
        }
    }

    [Case]
    public async Task RegisterWithInvitation_WithoutGroup_JoinsNone()
    {
        var other = await MakeGroupAsync();
        var (_, code) = await MakeInvitationAsync();
        var login = await WritesAsync(e => UseAsync(Stores, code, e, DraftUser(null, Role.Admin, other.Id)));
        Assert.Empty(login.User.Groups);
        Assert.Empty(await Stores.Groups.ListOfUserAsync(login.User.User.Id, Ct));
    }

    [Case]
    public async Task RegisterWithInvitation_UnknownUsedUpOrRevoked_IsLost()
    {
        await LosesAsync(WriteStatus.CodeClosed, e => UseAsync(Stores, NextHash(), e));

        var (_, used) = await MakeInvitationAsync();
        await WritesAsync(e => UseAsync(Stores, used, e));
        await LosesAsync(WriteStatus.CodeClosed, e => UseAsync(Stores, used, e));

        var (revoked, code) = await MakeInvitationAsync();
        await WritesAsync(e => Stores.Invitations.TryRevokeAsync(revoked.Id, e, Ct));
        await LosesAsync(WriteStatus.CodeClosed, e => UseAsync(Stores, code, e));
    }

    [Case]
    public async Task RegisterWithInvitation_AtTheInstantOfExpiry_IsLost()
    {
        var (invitation, code) = await MakeInvitationAsync();
        var late = DraftUser() with { CreatedAt = invitation.ExpiresAt };
        await LosesAsync(WriteStatus.CodeClosed, e => UseAsync(Stores, code, e, late));
        await WritesAsync(e => UseAsync(Stores, code, e, late with { CreatedAt = invitation.ExpiresAt.AddMicroseconds(-1) }));
    }

    [Case]
    public async Task RegisterWithInvitation_MakerDisabledDemotedOrDeleted_IsLost()
    {
        var maker = await MakeUserAsync(null, Role.Operator);
        var (invitation, code) = await MakeInvitationAsync(DraftInvitation(maker, maxUses: 5));
        await WritesAsync(e => UseAsync(Stores, code, e, null, Role.Operator));
        await LosesAsync(WriteStatus.CodeClosed, e => UseAsync(Stores, code, e, null, Role.Admin));

        await ChangeAsync(maker, new UserChange { IsActive = false });
        await LosesAsync(WriteStatus.CodeClosed, e => UseAsync(Stores, code, e, null, Role.Operator));
        await ChangeAsync(maker, new UserChange { IsActive = true, Role = Role.User });
        await LosesAsync(WriteStatus.CodeClosed, e => UseAsync(Stores, code, e, null, Role.Operator));
        await ChangeAsync(maker, new UserChange { Role = Role.Admin });
        await WritesAsync(e => UseAsync(Stores, code, e, null, Role.Operator));
        Assert.Equal(2, (await Stores.Invitations.FindAsync(invitation.Id, Ct))?.Uses);

        await MakeUserAsync(null, Role.Admin);
        await WritesAsync(e => Stores.Accounts.TryDeleteUserAsync(maker.Id, e, Ct));
        await LosesAsync(WriteStatus.CodeClosed, e => UseAsync(Stores, code, e));
    }

    [Case]
    public async Task RegisterWithInvitation_MadeByTheMasterSecret_NeedsNoMaker()
    {
        var (_, code) = await MakeInvitationAsync(DraftInvitation(role: Role.Admin));
        Assert.Equal(Role.Admin, (await WritesAsync(e => UseAsync(Stores, code, e, null, Role.Admin))).User.User.Role);
    }

    [Case]
    public async Task RegisterWithInvitation_NameTaken_TakesNoUse()
    {
        await MakeUserAsync("Taken");
        var (_, code) = await MakeInvitationAsync();
        await LosesAsync(WriteStatus.NameTaken, e => UseAsync(Stores, code, e, DraftUser("taken")));
        await WritesAsync(e => UseAsync(Stores, code, e));
    }

    [Case]
    public async Task RegisterWithInvitation_ReplacingASession_EndsThatOne()
    {
        var (_, old) = await MakeSessionAsync(await MakeUserAsync());
        var (_, code) = await MakeInvitationAsync();
        await WritesAsync(
            e => Stores.Accounts.TryRegisterWithInvitationAsync(DraftUser(), code, Role.Admin, DraftSession(replaces: old), e, Ct));
        Assert.Null(await Stores.Sessions.FindAsync(old, Ct));
    }

    [Case(1)]
    [Case(3)]
    [Requirement("V15.4.2")]
    public async Task RegisterWithInvitation_ManyOnTheLastUses_OnlySoManyWin(int uses)
    {
        var sets = await OpenTwoAsync();
        var total = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            var (invitation, code) = await MakeInvitationAsync(DraftInvitation(maxUses: uses));
            var entries = Enumerable.Range(0, Callers).Select(_ => Entry()).ToList();
            var results = await RaceAsync(sets, async (set, i) => (await UseAsync(set, code, entries[i])).Status);
            AssertWinners(uses, WriteStatus.CodeClosed, results);
            Assert.Equal(uses, await CountAuditedAsync(entries));
            Assert.Equal(uses, (await Stores.Invitations.FindAsync(invitation.Id, Ct))?.Uses);
            total += uses;
            Assert.Equal(total, (await Stores.Users.ListAsync(new UserQuery { Page = new PageRequest(1) }, Now, Ct)).Total);
        }
    }

    [Case]
    public async Task RegisterWithInvitation_EqualNamesAtOnce_TakesOneUse()
    {
        var sets = await OpenTwoAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var (invitation, code) = await MakeInvitationAsync(DraftInvitation(maxUses: Callers));
            var name = "contested" + NextNumber();
            var results = await RaceAsync(sets, async (set, _) => (await UseAsync(set, code, Entry(), DraftUser(name))).Status);
            AssertWinners(1, WriteStatus.NameTaken, results);
            Assert.Equal(1, (await Stores.Invitations.FindAsync(invitation.Id, Ct))?.Uses);
        }
    }

    [Case]
    public async Task RegisterWithInvitation_AgainstRevoke_NobodyGetsInAfterwards()
    {
        var sets = await OpenTwoAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var (invitation, code) = await MakeInvitationAsync(DraftInvitation(maxUses: Callers));
            var revoked = false;
            var late = await RaceAsync(sets, async (set, i) =>
            {
                if (i == 1)
                {
                    Assert.Equal(WriteStatus.Done, await set.Invitations.TryRevokeAsync(invitation.Id, Entry(), Ct));
                    Volatile.Write(ref revoked, true);
                    return false;
                }

                var begunAfterwards = Volatile.Read(ref revoked);
                return (await UseAsync(set, code, Entry())).IsDone && begunAfterwards;
            });
            Assert.DoesNotContain(true, late);
            await LosesAsync(WriteStatus.CodeClosed, e => UseAsync(Stores, code, e));
        }
    }

    private Task<WriteResult<AccountLogin>> UseAsync(
        KohakuStoreSet set, SecretHash code, AuthorizedWrite entry, NewUser? user = null, Role minimumMakerRole = Role.Operator) =>
        set.Accounts.TryRegisterWithInvitationAsync(user ?? DraftUser(), code, minimumMakerRole, DraftSession(), entry, Ct);
}
