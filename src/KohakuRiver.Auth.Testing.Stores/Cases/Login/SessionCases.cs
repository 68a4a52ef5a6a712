using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>What <see cref="ISessionStore"/> promises.</summary>
[Subject("Sessions")]
internal sealed class SessionCases : StoreCases
{
    [Case]
    public async Task Find_LivingSession_GivesItWithUserAndGroups()
    {
        var b = await MakeGroupAsync("b");
        var a = await MakeGroupAsync("a");
        var user = await MakeUserAsync(null, Role.User, a.Id, b.Id);
        var (session, hash) = await MakeSessionAsync(user);
        var record = await Stores.Sessions.FindAsync(hash, Ct);
        Assert.Equal(session, record?.Session);
        Assert.Null(record?.Token);
        Assert.Equal(await UserAsync(user.Id), record?.User);
        Assert.Equal([b.Id, a.Id], record?.GroupIds);
    }

    [Case]
    public async Task Find_AfterChanges_GivesTheAccountAsItIsNow()
    {
        var group = await MakeGroupAsync();
        var user = await MakeUserAsync(null, Role.Viewer, group.Id);
        var (_, hash) = await MakeSessionAsync(user);
        await WritesAsync(e => Stores.Accounts.TryUpdateUserAsync(user.Id, new UserChange { Role = Role.Operator }, Now, e, Ct));
        await WritesAsync(e => Stores.Groups.TryRemoveMemberAsync(group.Id, user.Id, e, Ct));
        var record = await Stores.Sessions.FindAsync(hash, Ct);
        Assert.Equal(Role.Operator, record?.User.Role);
        Assert.Empty(record?.GroupIds ?? [0]);
    }

    [Case]
    public async Task Find_ExpiredSession_IsReturnedToo()
    {
        var draft = DraftSession();
        var (session, hash) = await MakeSessionAsync(await MakeUserAsync(), draft with { ExpiresAt = draft.CreatedAt.AddMicroseconds(1) });
        Tick();
        Assert.Equal(session, (await Stores.Sessions.FindAsync(hash, Ct))?.Session);
    }

    [Case]
    public async Task Find_UnknownHashOrATokensHash_GivesNull()
    {
        var (_, token) = await MakeTokenAsync(await MakeUserAsync());
        Assert.Null(await Stores.Sessions.FindAsync(NextHash(), Ct));
        Assert.Null(await Stores.Sessions.FindAsync(token, Ct));
    }

    [Case]
    public async Task Find_WithoutAddressAndAgent_GivesThemAsNull()
    {
        var (_, hash) = await MakeSessionAsync(await MakeUserAsync(), DraftSession() with { IpAddress = null, UserAgent = null });
        var session = (await Stores.Sessions.FindAsync(hash, Ct))?.Session;
        Assert.NotNull(session);
        Assert.Null(session.IpAddress);
        Assert.Null(session.UserAgent);
    }

    [Case]
    public async Task List_ExpiredOnesAndOthers_AreLeftOut()
    {
        var user = await MakeUserAsync();
        var end = Now.AddHours(1);
        var (first, _) = await MakeSessionAsync(user, DraftSession(end.AddMicroseconds(1)));
        await MakeSessionAsync(user, DraftSession(end));
        await MakeSessionAsync(await MakeUserAsync());
        var (last, _) = await MakeSessionAsync(user);
        Assert.Equal([last, first], await Stores.Sessions.ListAsync(user.Id, end, Ct));
        Assert.Equal(3, (await Stores.Sessions.ListAsync(user.Id, end.AddMicroseconds(-1), Ct)).Count);
        Assert.Empty(await Stores.Sessions.ListAsync(user.Id + 1000, end, Ct));
    }

    [Case]
    public async Task End_OwnSession_IsGone()
    {
        var user = await MakeUserAsync();
        var (session, hash) = await MakeSessionAsync(user);
        var (_, other) = await MakeSessionAsync(user);
        await WritesAsync(e => Stores.Sessions.TryEndAsync(session.Id, user.Id, e, Ct));
        Assert.Null(await Stores.Sessions.FindAsync(hash, Ct));
        Assert.NotNull(await Stores.Sessions.FindAsync(other, Ct));
        await LosesAsync(WriteStatus.NotFound, e => Stores.Sessions.TryEndAsync(session.Id, user.Id, e, Ct));
    }

    [Case]
    public async Task End_AnothersSession_IsRefused()
    {
        var (session, _) = await MakeSessionAsync(await MakeUserAsync());
        var other = await MakeUserAsync();
        await LosesAsync(WriteStatus.NotFound, e => Stores.Sessions.TryEndAsync(session.Id, other.Id, e, Ct));
    }

    [Case]
    public async Task End_ManyAtOnce_OneWins()
    {
        var sets = await OpenTwoAsync();
        var user = await MakeUserAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var (session, _) = await MakeSessionAsync(user);
            var entries = Enumerable.Range(0, Callers).Select(_ => Entry()).ToList();
            var won = await RaceAsync(sets, (set, i) => set.Sessions.TryEndAsync(session.Id, user.Id, entries[i], Ct));
            Assert.Equal(1, won.Count(w => w == WriteStatus.Done));
            Assert.Equal(1, await CountAuditedAsync(entries));
        }
    }

    [Case]
    public async Task EndAll_ButOne_CountsTheOthers()
    {
        var user = await MakeUserAsync();
        var (kept, keptHash) = await MakeSessionAsync(user);
        await MakeSessionAsync(user);
        await MakeSessionAsync(user);
        var (_, others) = await MakeSessionAsync(await MakeUserAsync());
        await CountsAsync(2, e => Stores.Sessions.EndAllAsync(user.Id, kept.Id, e, Ct));
        Assert.NotNull(await Stores.Sessions.FindAsync(keptHash, Ct));
        await CountsAsync(1, e => Stores.Sessions.EndAllAsync(user.Id, null, e, Ct));
        Assert.Null(await Stores.Sessions.FindAsync(keptHash, Ct));
        Assert.NotNull(await Stores.Sessions.FindAsync(others, Ct));
    }

    [Case]
    public async Task Count_OfAllUsers_LeavesOutExpiredAndEndedOnes()
    {
        var before = await Stores.Sessions.CountAsync(Now, Ct);
        var (first, _) = await MakeSessionAsync(await MakeUserAsync());
        var user = await MakeUserAsync();
        var (ended, _) = await MakeSessionAsync(user);
        Assert.Equal(before + 2, await Stores.Sessions.CountAsync(Now, Ct));
        await WritesAsync(e => Stores.Sessions.TryEndAsync(ended.Id, user.Id, e, Ct));
        Assert.Equal(before + 1, await Stores.Sessions.CountAsync(Now, Ct));
        Assert.Equal(0, await Stores.Sessions.CountAsync(first.ExpiresAt.AddYears(1), Ct));
    }

    [Case]
    public async Task EndAll_None_StillWritesTheAuditEntry()
    {
        var user = await MakeUserAsync();
        await CountsAsync(0, e => Stores.Sessions.EndAllAsync(user.Id, null, e, Ct));
    }

    [Case]
    public async Task EndedSession_NewestOne_ItsIdIsNeverReused()
    {
        var user = await MakeUserAsync();
        var (first, _) = await MakeSessionAsync(user);
        await WritesAsync(e => Stores.Sessions.TryEndAsync(first.Id, user.Id, e, Ct));
        Assert.True((await MakeSessionAsync(user)).Session.Id > first.Id);
    }

    [Case]
    public async Task Prune_AtTheGivenNow_RemovesWhatIsExpiredThen()
    {
        var user = await MakeUserAsync();
        var end = Now.AddHours(1);
        var (_, expired) = await MakeSessionAsync(user, DraftSession(end.AddMicroseconds(-1)));
        var (_, expiring) = await MakeSessionAsync(user, DraftSession(end));
        var (_, living) = await MakeSessionAsync(user, DraftSession(end.AddMicroseconds(1)));
        await WritesNoAuditAsync(async () =>
        {
            Assert.Equal(0, await Stores.Sessions.PruneAsync(Now, null, Ct));
            Assert.Equal(2, await Stores.Sessions.PruneAsync(end, null, Ct));
            Assert.Equal(0, await Stores.Sessions.PruneAsync(end, null, Ct));
        });
        Assert.Null(await Stores.Sessions.FindAsync(expired, Ct));
        Assert.Null(await Stores.Sessions.FindAsync(expiring, Ct));
        Assert.NotNull(await Stores.Sessions.FindAsync(living, Ct));
    }

    [Case]
    public async Task Prune_IdleBefore_RemovesWhatWasNotSeenSince()
    {
        var user = await MakeUserAsync();
        var (idle, idleHash) = await MakeSessionAsync(user);
        var (seen, seenHash) = await MakeSessionAsync(user);
        var draft = DraftSession();
        await MakeSessionAsync(user, draft with { ExpiresAt = draft.CreatedAt.AddSeconds(1) });
        var idleBefore = Now.AddHours(1);
        await Stores.Sessions.TouchAsync(
            new Dictionary<long, DateTimeOffset> { [seen.Id] = idleBefore.AddMicroseconds(1), [idle.Id] = idleBefore.AddMicroseconds(-1) },
            Ct);

        // The third is both expired and idle, and counts once.
        Assert.Equal(2, await Stores.Sessions.PruneAsync(idleBefore.AddHours(1), idleBefore, Ct));
        Assert.Null(await Stores.Sessions.FindAsync(idleHash, Ct));
        Assert.NotNull(await Stores.Sessions.FindAsync(seenHash, Ct));
    }
}
