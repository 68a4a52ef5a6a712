using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>What <see cref="IInvitationStore"/> promises.</summary>
[Subject("Invitations")]
internal sealed class InvitationCases : StoreCases
{
    [Case]
    public async Task Create_WithGroupAndMaker_GivesWhatWasWritten()
    {
        var group = await MakeGroupAsync("Readers");
        var maker = await MakeUserAsync("Maker", Role.Operator);
        var draft = DraftInvitation(maker, 7, Role.User, group.Id);
        var made = await WritesAsync(e => Stores.Invitations.TryCreateAsync(draft, e, Ct), i => i.Id);
        Assert.True(made.Id > 0);
        var expected = new Invitation
        {
            Id = made.Id,
            Prefix = draft.Prefix,
            Role = Role.User,
            Group = new GroupRef(group.Id, "Readers"),
            MaxUses = 7,
            Uses = 0,
            ExpiresAt = draft.ExpiresAt,
            CreatedById = maker.Id,
            CreatedBy = "Maker",
            CreatedAt = draft.CreatedAt,
        };
        Assert.Equal(expected, made);
        Assert.Equal(expected, await Stores.Invitations.FindAsync(draft.Hash, Ct));
        Assert.Equal(expected, await Stores.Invitations.FindAsync(made.Id, Ct));
    }

    [Case]
    public async Task Create_ByTheMasterSecret_HasNoMakerAndNoGroup()
    {
        var (made, hash) = await MakeInvitationAsync();
        Assert.Null(made.CreatedById);
        Assert.Equal("_system", made.CreatedBy);
        Assert.Null(made.Group);
        Assert.Equal(made, await Stores.Invitations.FindAsync(hash, Ct));
    }

    [Case]
    public async Task Find_UsedUpOrExpired_IsReturnedToo()
    {
        var (expired, expiredHash) = await MakeInvitationAsync(DraftInvitation(expiresAt: Now));
        var (used, usedHash) = await MakeInvitationAsync();
        await WritesAsync(e => Stores.Accounts.TryRegisterWithInvitationAsync(DraftUser(), usedHash, Role.Operator, DraftSession(), e, Ct));
        Assert.Equal(expired, await Stores.Invitations.FindAsync(expiredHash, Ct));
        Assert.Equal(used with { Uses = 1 }, await Stores.Invitations.FindAsync(usedHash, Ct));
        Assert.Equal(used with { Uses = 1 }, await Stores.Invitations.FindAsync(used.Id, Ct));
    }

    [Case]
    public async Task Find_Unknown_GivesNull()
    {
        var (invitation, _) = await MakeInvitationAsync();
        Assert.Null(await Stores.Invitations.FindAsync(NextHash(), Ct));
        Assert.Null(await Stores.Invitations.FindAsync(invitation.Id + 1000, Ct));
    }

    [Case]
    public async Task Create_GroupOrMakerMissing_IsLost()
    {
        var group = await MakeGroupAsync();
        var maker = await MakeUserAsync();
        await LosesAsync(
            WriteStatus.GroupMissing, e => Stores.Invitations.TryCreateAsync(DraftInvitation(groupId: group.Id + 1000), e, Ct));
        await LosesAsync(
            WriteStatus.UserMissing,
            e => Stores.Invitations.TryCreateAsync(DraftInvitation(maker with { Id = maker.Id + 1000 }), e, Ct));
    }

    [Case]
    public async Task Create_LimitReached_CountsOnlyOpenOnes()
    {
        var maker = await MakeUserAsync();
        var (first, used) = await MakeInvitationAsync(DraftInvitation(expiresAt: Now.AddHours(1)));
        await MakeInvitationAsync(DraftInvitation(maker, maxUses: 2));
        var third = DraftInvitation(limit: 2);
        await LosesAsync(
            WriteStatus.LimitReached,
            e => Stores.Invitations.TryCreateAsync(third with { CreatedAt = first.ExpiresAt.AddMicroseconds(-1) }, e, Ct));
        await WritesAsync(e => Stores.Invitations.TryCreateAsync(third with { CreatedAt = first.ExpiresAt }, e, Ct));

        var fourth = DraftInvitation(limit: 3);
        await LosesAsync(WriteStatus.LimitReached, e => Stores.Invitations.TryCreateAsync(fourth, e, Ct));
        await WritesAsync(e => Stores.Accounts.TryRegisterWithInvitationAsync(DraftUser(), used, Role.Operator, DraftSession(), e, Ct));
        await WritesAsync(e => Stores.Invitations.TryCreateAsync(fourth, e, Ct));
    }

    [Case]
    public async Task Create_ManyAtTheLimit_OnlySoManyWin()
    {
        var sets = await OpenTwoAsync();
        for (var round = 1; round <= Rounds; round++)
        {
            var limit = round * 3;
            var entries = Enumerable.Range(0, Callers).Select(_ => Entry()).ToList();
            var results = await RaceAsync(sets, async (set, i) =>
                (await set.Invitations.TryCreateAsync(DraftInvitation(limit: limit), entries[i], Ct)).Status);
            AssertWinners(3, WriteStatus.LimitReached, results);
            Assert.Equal(3, await CountAuditedAsync(entries));
            Assert.Equal(limit, (await Stores.Invitations.ListAsync(null, new PageRequest(1), Ct)).Total);
        }
    }

    [Case]
    public async Task List_OfOneMakerOrAll_IsNewestFirst()
    {
        var maker = await MakeUserAsync();
        var other = await MakeUserAsync();
        User?[] makers = [maker, null, other, maker, maker];
        var made = new List<Invitation>();
        foreach (var by in makers)
        {
            made.Insert(0, (await MakeInvitationAsync(DraftInvitation(by))).Invitation);
        }

        await AssertPagesAsync([.. made.Select(i => i.Id)], p => Stores.Invitations.ListAsync(null, p, Ct), i => i.Id);
        await AssertPagesAsync(
            [.. made.Where(i => i.CreatedById == maker.Id).Select(i => i.Id)], p =>
                Stores.Invitations.ListAsync(maker.Id, p, Ct), i => i.Id);
        await AssertPagesAsync([], p => Stores.Invitations.ListAsync(other.Id + 1000, p, Ct), i => i.Id);
    }

    [Case]
    public async Task List_RowsComeAndGoBetweenPages_ShowsEachOldRowOnce() => await AssertStableAsync(
        p => Stores.Invitations.ListAsync(null, p, Ct),
        i => i.Id,
        () => MakeInvitationAsync(),
        id => WritesAsync(e => Stores.Invitations.TryRevokeAsync(id, e, Ct)));

    [Case]
    public async Task Revoke_Known_IsGoneAndItsIdNeverReused()
    {
        var (invitation, hash) = await MakeInvitationAsync();
        await WritesAsync(e => Stores.Invitations.TryRevokeAsync(invitation.Id, e, Ct));
        Assert.Null(await Stores.Invitations.FindAsync(hash, Ct));
        Assert.Null(await Stores.Invitations.FindAsync(invitation.Id, Ct));
        await LosesAsync(WriteStatus.NotFound, e => Stores.Invitations.TryRevokeAsync(invitation.Id, e, Ct));
        Assert.True((await MakeInvitationAsync()).Invitation.Id > invitation.Id);
    }

    [Case]
    public async Task Revoke_ManyAtOnce_OneWins()
    {
        var sets = await OpenTwoAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var (invitation, _) = await MakeInvitationAsync();
            var entries = Enumerable.Range(0, Callers).Select(_ => Entry()).ToList();
            var won = await RaceAsync(sets, (set, i) => set.Invitations.TryRevokeAsync(invitation.Id, entries[i], Ct));
            Assert.Equal(1, won.Count(w => w == WriteStatus.Done));
            Assert.Equal(1, await CountAuditedAsync(entries));
        }
    }

    [Case]
    public async Task Prune_BeforeTheGivenInstant_RemovesWhatExpiredEarlier()
    {
        var before = Now.AddHours(1);
        var (_, earlier) = await MakeInvitationAsync(DraftInvitation(expiresAt: before.AddMicroseconds(-1)));
        var (_, then) = await MakeInvitationAsync(DraftInvitation(expiresAt: before));
        await WritesNoAuditAsync(async () =>
        {
            Assert.Equal(0, await Stores.Invitations.PruneAsync(before.AddMicroseconds(-1), Ct));
            Assert.Equal(1, await Stores.Invitations.PruneAsync(before, Ct));
        });
        Assert.Null(await Stores.Invitations.FindAsync(earlier, Ct));
        Assert.NotNull(await Stores.Invitations.FindAsync(then, Ct));
    }
}
