using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>When a session was last seen.</summary>
[Subject("Sessions")]
internal sealed class SessionUseCases : StoreCases
{
    [Case]
    public async Task Touch_Later_MovesLastSeenOnWithoutAudit()
    {
        var user = await MakeUserAsync();
        var (first, firstHash) = await MakeSessionAsync(user);
        var (second, secondHash) = await MakeSessionAsync(user);
        var (third, thirdHash) = await MakeSessionAsync(user);
        var (one, two) = (Tick(), Tick());
        await WritesNoAuditAsync(() => Stores.Sessions.TouchAsync(
            new Dictionary<long, DateTimeOffset> { [first.Id] = one, [second.Id] = two, [third.Id + 1000] = two }, Ct));
        Assert.Equal(first with { LastSeenAt = one }, (await Stores.Sessions.FindAsync(firstHash, Ct))?.Session);
        Assert.Equal(second with { LastSeenAt = two }, (await Stores.Sessions.FindAsync(secondHash, Ct))?.Session);
        Assert.Equal(third, (await Stores.Sessions.FindAsync(thirdHash, Ct))?.Session);
    }

    [Case]
    public async Task Touch_Earlier_ChangesNothing()
    {
        var (session, hash) = await MakeSessionAsync(await MakeUserAsync());
        var seen = Tick();
        await Stores.Sessions.TouchAsync(new Dictionary<long, DateTimeOffset> { [session.Id] = seen }, Ct);
        await Stores.Sessions.TouchAsync(new Dictionary<long, DateTimeOffset> { [session.Id] = seen.AddMicroseconds(-1) }, Ct);
        Assert.Equal(seen, (await Stores.Sessions.FindAsync(hash, Ct))?.Session?.LastSeenAt);
    }

    [Case]
    public async Task Touch_Nothing_IsHarmless()
    {
        await MakeSessionAsync(await MakeUserAsync());
        var before = await SnapshotAsync();
        await Stores.Sessions.TouchAsync(new Dictionary<long, DateTimeOffset>(), Ct);
        Assert.Equal(before, await SnapshotAsync());
    }

    [Case]
    public async Task Touch_EndedSession_StaysEnded()
    {
        var user = await MakeUserAsync();
        var (session, hash) = await MakeSessionAsync(user);
        await WritesAsync(e => Stores.Sessions.TryEndAsync(session.Id, user.Id, e, Ct));
        await Stores.Sessions.TouchAsync(new Dictionary<long, DateTimeOffset> { [session.Id] = Tick() }, Ct);
        Assert.Null(await Stores.Sessions.FindAsync(hash, Ct));
        Assert.Empty(await Stores.Sessions.ListAsync(user.Id, DateTimeOffset.UnixEpoch, Ct));
    }

    [Case]
    public async Task Touch_AgainstEnd_NeverRevives()
    {
        var sets = await OpenTwoAsync();
        var user = await MakeUserAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var (session, hash) = await MakeSessionAsync(user);
            var ended = await RaceAsync(sets, async (set, i) =>
            {
                if (i == 5)
                {
                    return await set.Sessions.TryEndAsync(session.Id, user.Id, Entry(), Ct) == WriteStatus.Done;
                }

                await set.Sessions.TouchAsync(new Dictionary<long, DateTimeOffset> { [session.Id] = Tick() }, Ct);
                return false;
            });
            Assert.True(ended[5]);
            Assert.Null(await Stores.Sessions.FindAsync(hash, Ct));
        }
    }

    [Case]
    public async Task Touch_ManyAtOnce_TheLatestStays()
    {
        var sets = await OpenTwoAsync();
        var (session, hash) = await MakeSessionAsync(await MakeUserAsync());
        for (var round = 0; round < Rounds; round++)
        {
            var seen = await RaceAsync(sets, async (set, i) =>
            {
                var at = Tick().AddSeconds(i % 5);
                await set.Sessions.TouchAsync(new Dictionary<long, DateTimeOffset> { [session.Id] = at }, Ct);
                return at;
            });
            Assert.Equal(seen.Max(), (await Stores.Sessions.FindAsync(hash, Ct))?.Session?.LastSeenAt);
        }
    }
}
