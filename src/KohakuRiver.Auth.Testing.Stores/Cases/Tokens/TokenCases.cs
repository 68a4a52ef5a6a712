using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>What <see cref="ITokenStore"/> promises.</summary>
[Subject("Tokens")]
internal sealed class TokenCases : StoreCases
{
    [Case]
    public async Task Create_ForAUser_GivesWhatWasWritten()
    {
        var user = await MakeUserAsync("Owner");
        var draft = DraftToken(user.Id, Now.AddDays(9).AddMicroseconds(3)) with { Name = "CI → größer \U0001F30A" };
        var made = await WritesAsync(e => Stores.Tokens.TryCreateAsync(draft, e, Ct), t => t.Id);
        Assert.True(made.Id > 0);
        var expected = new ApiToken
        {
            Id = made.Id,
            Owner = new UserRef(user.Id, "Owner"),
            Name = draft.Name,
            Prefix = draft.Prefix,
            CreatedAt = draft.CreatedAt,
            ExpiresAt = draft.ExpiresAt,
        };
        Assert.Equal(expected, made);
        Assert.Equal(expected, await Stores.Tokens.FindAsync(made.Id, Ct));
        Assert.Equal(expected, (await Stores.Tokens.FindAsync(draft.Hash, Ct))?.Token);
    }

    [Case]
    public async Task Find_ByHash_GivesUserAndGroupsAsTheyAreNow()
    {
        var b = await MakeGroupAsync();
        var a = await MakeGroupAsync();
        var user = await MakeUserAsync(null, Role.User, a.Id, b.Id);
        var (token, hash) = await MakeTokenAsync(user);
        var record = await Stores.Tokens.FindAsync(hash, Ct);
        Assert.Equal(token, record?.Token);
        Assert.Null(record?.Session);
        Assert.Equal(user, record?.User);
        Assert.Equal([b.Id, a.Id], record?.GroupIds);

        await WritesAsync(
            e => Stores.Accounts.TryUpdateUserAsync(user.Id, new UserChange { Role = Role.Viewer, GroupIds = [a.Id] }, Now, e, Ct));
        record = await Stores.Tokens.FindAsync(hash, Ct);
        Assert.Equal(Role.Viewer, record?.User.Role);
        Assert.Equal([a.Id], record?.GroupIds);
    }

    [Case]
    public async Task Find_ExpiredToken_IsReturnedToo()
    {
        var user = await MakeUserAsync();
        var (token, hash) = await MakeTokenAsync(user, Now);
        Assert.Equal(token, (await Stores.Tokens.FindAsync(hash, Ct))?.Token);
        Assert.Equal(token, await Stores.Tokens.FindAsync(token.Id, Ct));
    }

    [Case]
    public async Task Find_Unknown_GivesNull()
    {
        var user = await MakeUserAsync();
        var (token, _) = await MakeTokenAsync(user);
        var (_, session) = await MakeSessionAsync(user);
        Assert.Null(await Stores.Tokens.FindAsync(NextHash(), Ct));
        Assert.Null(await Stores.Tokens.FindAsync(session, Ct));
        Assert.Null(await Stores.Tokens.FindAsync(token.Id + 1000, Ct));
    }

    [Case]
    public async Task Create_UserGoneOrDisabled_IsLost()
    {
        var user = await MakeUserAsync();
        await LosesAsync(WriteStatus.UserMissing, e => Stores.Tokens.TryCreateAsync(DraftToken(user.Id + 1000), e, Ct));
        await WritesAsync(e => Stores.Accounts.TryUpdateUserAsync(user.Id, new UserChange { IsActive = false }, Now, e, Ct));
        await LosesAsync(WriteStatus.UserMissing, e => Stores.Tokens.TryCreateAsync(DraftToken(user.Id), e, Ct));
    }

    [Case]
    public async Task Create_ParentGone_IsLost()
    {
        var user = await MakeUserAsync();
        var (parent, _) = await MakeTokenAsync(user);
        Assert.Equal(parent.Id, (await MakeTokenAsync(user, parentId: parent.Id)).Token.ParentId);
        await WritesAsync(e => Stores.Tokens.TryRevokeAsync(parent.Id, e, Ct));
        await LosesAsync(WriteStatus.Conflict, e => Stores.Tokens.TryCreateAsync(DraftToken(user.Id, null, parent.Id), e, Ct));
    }

    [Case]
    public async Task Create_ParentOfAnotherUser_IsLost()
    {
        var owner = await MakeUserAsync();
        var other = await MakeUserAsync();
        var (parent, _) = await MakeTokenAsync(owner);

        await LosesAsync(WriteStatus.Conflict, e => Stores.Tokens.TryCreateAsync(DraftToken(other.Id, null, parent.Id), e, Ct));
    }

    [Case]
    public async Task Create_LimitReached_CountsOnlyTheUsersUnexpiredTokens()
    {
        var user = await MakeUserAsync();
        await MakeTokenAsync(await MakeUserAsync());
        var first = DraftToken(user.Id) with { ExpiresAt = Now.AddHours(1), Limit = 2 };
        await WritesAsync(e => Stores.Tokens.TryCreateAsync(first, e, Ct));
        await WritesAsync(e => Stores.Tokens.TryCreateAsync(DraftToken(user.Id, limit: 2), e, Ct));

        var third = DraftToken(user.Id, limit: 2);
        await LosesAsync(
            WriteStatus.LimitReached,
            e => Stores.Tokens.TryCreateAsync(third with { CreatedAt = first.ExpiresAt!.Value.AddMicroseconds(-1) }, e, Ct));
        await WritesAsync(e => Stores.Tokens.TryCreateAsync(third with { CreatedAt = first.ExpiresAt.Value }, e, Ct));
    }

    [Case]
    [Requirement("V2.3.2", "Known_Keycloak2024")]
    public async Task Create_ManyAtTheLimit_OnlySoManyWin()
    {
        var sets = await OpenTwoAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var user = await MakeUserAsync();
            var entries = Enumerable.Range(0, Callers).Select(_ => Entry()).ToList();
            var results = await RaceAsync(sets, async (set, i) =>
                (await set.Tokens.TryCreateAsync(DraftToken(user.Id, limit: 5), entries[i], Ct)).Status);
            AssertWinners(5, WriteStatus.LimitReached, results);
            Assert.Equal(5, await CountAuditedAsync(entries));
            Assert.Equal(5, (await Stores.Tokens.ListAsync(user.Id, new PageRequest(100), Ct)).Total);
        }
    }

    [Case]
    public async Task List_OfOneOrAll_IsNewestFirst()
    {
        var user = await MakeUserAsync();
        var other = await MakeUserAsync();
        var ids = new List<long>();
        var own = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            var (token, _) = await MakeTokenAsync(i % 2 == 0 ? user : other, i == 0 ? Now : null);
            ids.Insert(0, token.Id);
            if (i % 2 == 0)
            {
                own.Insert(0, token.Id);
            }
        }

        await AssertPagesAsync(ids, p => Stores.Tokens.ListAsync(null, p, Ct), t => t.Id);
        await AssertPagesAsync(own, p => Stores.Tokens.ListAsync(user.Id, p, Ct), t => t.Id);
        await AssertPagesAsync([], p => Stores.Tokens.ListAsync(user.Id + 1000, p, Ct), t => t.Id);
    }

    [Case]
    public async Task Search_ByOwnerPrefixAndEnd_GivesThoseInOrderAndNoMore()
    {
        var start = Now;
        var user = await MakeUserAsync();
        var other = await MakeUserAsync();
        async Task<long> MakeAsync(User owner, string prefix, DateTimeOffset? ends) => (await WritesAsync(
            e => Stores.Tokens.TryCreateAsync(DraftToken(owner.Id, ends) with { Prefix = prefix }, e, Ct), t => t.Id)).Id;
        var late = await MakeAsync(user, "krt_AbCd", start.AddHours(3));
        var soon = await MakeAsync(user, "krt_Abxx", start.AddHours(1));
        var theirs = await MakeAsync(other, "krt_ABCD", start.AddHours(2));
        var never = await MakeAsync(other, "krt_Ab%_", null);
        async Task<long[]> FoundAsync(TokenQuery query) => [.. (await Stores.Tokens.SearchAsync(query, Ct)).Select(t => t.Id)];

        Assert.Equal([never, theirs, soon, late], await FoundAsync(new TokenQuery { Limit = 9 }));
        Assert.Equal([never, theirs], await FoundAsync(new TokenQuery { Limit = 2 }));
        Assert.Equal([soon, late], await FoundAsync(new TokenQuery { UserId = user.Id, Limit = 9 }));
        Assert.Equal([never, soon, late], await FoundAsync(new TokenQuery { Prefix = "krt_Ab", Limit = 9 }));
        Assert.Equal([never], await FoundAsync(new TokenQuery { Prefix = "krt_Ab%", Limit = 9 }));
        Assert.Empty(await FoundAsync(new TokenQuery { Prefix = "Ab", Limit = 9 }));
        Assert.Equal([never, late], await FoundAsync(new TokenQuery { Ids = [late, never, long.MaxValue], Limit = 9 }));
        Assert.Equal([late], await FoundAsync(new TokenQuery { Ids = [late, never], UserId = user.Id, Limit = 9 }));
        Assert.Empty(await FoundAsync(new TokenQuery { Ids = [], Limit = 9 }));

        // Both ends are left out.
        var within = new TokenQuery { ExpiresAfter = start.AddHours(1), ExpiresBefore = start.AddHours(3).AddMicroseconds(1), Limit = 9 };
        Assert.Equal([theirs, late], await FoundAsync(within));
        Assert.Equal([theirs], await FoundAsync(within with { ExpiresBefore = start.AddHours(3) }));
        Assert.Equal([soon], await FoundAsync(within with { ExpiresAfter = start, Limit = 1 }));
        Assert.Equal(await Stores.Tokens.FindAsync(late, Ct), (await Stores.Tokens.SearchAsync(within, Ct))[1]);
    }

    [Case]
    public async Task List_RowsComeAndGoBetweenPages_ShowsEachOldRowOnce()
    {
        var user = await MakeUserAsync();
        await AssertStableAsync(
            p => Stores.Tokens.ListAsync(user.Id, p, Ct),
            t => t.Id,
            () => MakeTokenAsync(user),
            id => WritesAsync(e => Stores.Tokens.TryRevokeAsync(id, e, Ct)));
    }

    [Case]
    public async Task Prune_BeforeTheGivenInstant_RemovesWhatExpiredEarlier()
    {
        var user = await MakeUserAsync();
        var before = Now.AddHours(1);
        var (_, earlier) = await MakeTokenAsync(user, before.AddMicroseconds(-1));
        var (_, then) = await MakeTokenAsync(user, before);
        var (_, never) = await MakeTokenAsync(user);
        await WritesNoAuditAsync(async () =>
        {
            Assert.Equal(0, await Stores.Tokens.PruneAsync(before.AddMicroseconds(-1), Ct));
            Assert.Equal(1, await Stores.Tokens.PruneAsync(before, Ct));
        });
        Assert.Null(await Stores.Tokens.FindAsync(earlier, Ct));
        Assert.NotNull(await Stores.Tokens.FindAsync(then, Ct));
        Assert.NotNull(await Stores.Tokens.FindAsync(never, Ct));
    }

    [Case]
    public async Task Prune_TokensMadeWithOneAnother_CountsThemAll()
    {
        var user = await MakeUserAsync();
        var end = Now.AddHours(1);
        var (parent, _) = await MakeTokenAsync(user, end);
        var (child, _) = await MakeTokenAsync(user, end, parent.Id);
        await MakeTokenAsync(user, end, child.Id);
        await MakeTokenAsync(user, end, parent.Id);
        await MakeTokenAsync(user);
        Assert.Equal(4, await Stores.Tokens.PruneAsync(end.AddMicroseconds(1), Ct));
        Assert.Equal(1, (await Stores.Tokens.ListAsync(user.Id, new PageRequest(9), Ct)).Total);
    }
}
