using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>Tokens revoked, and when they were last used.</summary>
[Subject("Tokens")]
internal sealed class TokenRevocationCases : StoreCases
{
    [Case]
    public async Task Revoke_WithTokensMadeWithIt_TakesThemAll()
    {
        var user = await MakeUserAsync();
        var (root, rootHash) = await MakeTokenAsync(user);
        var (child, childHash) = await MakeTokenAsync(user, parentId: root.Id);
        var (grandchild, grandchildHash) = await MakeTokenAsync(user, parentId: child.Id);
        var (_, fourthHash) = await MakeTokenAsync(user, parentId: grandchild.Id);
        var (_, siblingHash) = await MakeTokenAsync(user, parentId: root.Id);
        var (_, otherHash) = await MakeTokenAsync(user);

        await WritesAsync(e => Stores.Tokens.TryRevokeAsync(child.Id, e, Ct));
        Assert.NotNull(await Stores.Tokens.FindAsync(rootHash, Ct));
        Assert.NotNull(await Stores.Tokens.FindAsync(siblingHash, Ct));
        foreach (var gone in new[] { childHash, grandchildHash, fourthHash })
        {
            Assert.Null(await Stores.Tokens.FindAsync(gone, Ct));
        }

        await WritesAsync(e => Stores.Tokens.TryRevokeAsync(root.Id, e, Ct));
        Assert.Null(await Stores.Tokens.FindAsync(rootHash, Ct));
        Assert.Null(await Stores.Tokens.FindAsync(siblingHash, Ct));
        Assert.NotNull(await Stores.Tokens.FindAsync(otherHash, Ct));
    }

    [Case]
    public async Task Revoke_UnknownOrRevoked_IsRefused()
    {
        var (token, _) = await MakeTokenAsync(await MakeUserAsync());
        await LosesAsync(WriteStatus.NotFound, e => Stores.Tokens.TryRevokeAsync(token.Id + 1000, e, Ct));
        await WritesAsync(e => Stores.Tokens.TryRevokeAsync(token.Id, e, Ct));
        await LosesAsync(WriteStatus.NotFound, e => Stores.Tokens.TryRevokeAsync(token.Id, e, Ct));
    }

    [Case]
    public async Task Revoke_NewestOne_ItsIdIsNeverReused()
    {
        var user = await MakeUserAsync();
        var (first, _) = await MakeTokenAsync(user);
        await WritesAsync(e => Stores.Tokens.TryRevokeAsync(first.Id, e, Ct));
        Assert.True((await MakeTokenAsync(user)).Token.Id > first.Id);
    }

    [Case]
    public async Task Revoke_ManyAtOnce_OneWins()
    {
        var sets = await OpenTwoAsync();
        var user = await MakeUserAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var (token, _) = await MakeTokenAsync(user);
            var entries = Enumerable.Range(0, Callers).Select(_ => Entry()).ToList();
            var won = await RaceAsync(sets, (set, i) => set.Tokens.TryRevokeAsync(token.Id, entries[i], Ct));
            Assert.Equal(1, won.Count(w => w == WriteStatus.Done));
            Assert.Equal(1, await CountAuditedAsync(entries));
        }
    }

    [Case]
    public async Task Revoke_AgainstCreateWithIt_LeavesNoChild()
    {
        var sets = await OpenTwoAsync();
        var user = await MakeUserAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var (parent, _) = await MakeTokenAsync(user);
            var done = await RaceAsync(sets, async (set, i) => i == 9
                ? await set.Tokens.TryRevokeAsync(parent.Id, Entry(), Ct) == WriteStatus.Done
                : (await set.Tokens.TryCreateAsync(DraftToken(user.Id, null, parent.Id), Entry(), Ct)).IsDone);
            Assert.True(done[9]);
            Assert.Equal(0, (await Stores.Tokens.ListAsync(user.Id, new PageRequest(1), Ct)).Total);
        }
    }

    [Case]
    public async Task Touch_Later_MovesLastUsedOnWithoutAudit()
    {
        var user = await MakeUserAsync();
        var (first, _) = await MakeTokenAsync(user);
        var (second, _) = await MakeTokenAsync(user);
        var (third, _) = await MakeTokenAsync(user);
        var (one, two) = (Tick(), Tick());
        await WritesNoAuditAsync(() => Stores.Tokens.TouchAsync(
            new Dictionary<long, DateTimeOffset> { [first.Id] = one, [second.Id] = two, [third.Id + 1000] = two }, Ct));
        Assert.Equal(first with { LastUsedAt = one }, await Stores.Tokens.FindAsync(first.Id, Ct));
        Assert.Equal(second with { LastUsedAt = two }, await Stores.Tokens.FindAsync(second.Id, Ct));
        Assert.Equal(third, await Stores.Tokens.FindAsync(third.Id, Ct));
    }

    [Case]
    public async Task Touch_Earlier_ChangesNothing()
    {
        var (token, _) = await MakeTokenAsync(await MakeUserAsync());
        var used = Tick();
        await Stores.Tokens.TouchAsync(new Dictionary<long, DateTimeOffset> { [token.Id] = used }, Ct);
        await Stores.Tokens.TouchAsync(new Dictionary<long, DateTimeOffset> { [token.Id] = used.AddMicroseconds(-1) }, Ct);
        await Stores.Tokens.TouchAsync(new Dictionary<long, DateTimeOffset>(), Ct);
        Assert.Equal(used, (await Stores.Tokens.FindAsync(token.Id, Ct))?.LastUsedAt);
    }

    [Case]
    public async Task Touch_RevokedToken_StaysRevoked()
    {
        var (token, hash) = await MakeTokenAsync(await MakeUserAsync());
        await WritesAsync(e => Stores.Tokens.TryRevokeAsync(token.Id, e, Ct));
        await Stores.Tokens.TouchAsync(new Dictionary<long, DateTimeOffset> { [token.Id] = Tick() }, Ct);
        Assert.Null(await Stores.Tokens.FindAsync(hash, Ct));
        Assert.Null(await Stores.Tokens.FindAsync(token.Id, Ct));
    }

    [Case]
    public async Task Touch_AgainstRevoke_NeverRevives()
    {
        var sets = await OpenTwoAsync();
        var user = await MakeUserAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var (token, hash) = await MakeTokenAsync(user);
            var revoked = await RaceAsync(sets, async (set, i) =>
            {
                if (i == 5)
                {
                    return await set.Tokens.TryRevokeAsync(token.Id, Entry(), Ct) == WriteStatus.Done;
                }

                await set.Tokens.TouchAsync(new Dictionary<long, DateTimeOffset> { [token.Id] = Tick() }, Ct);
                return false;
            });
            Assert.True(revoked[5]);
            Assert.Null(await Stores.Tokens.FindAsync(hash, Ct));
        }
    }

    [Case]
    public async Task Touch_ManyAtOnce_TheLatestStays()
    {
        var sets = await OpenTwoAsync();
        var (token, _) = await MakeTokenAsync(await MakeUserAsync());
        for (var round = 0; round < Rounds; round++)
        {
            var used = await RaceAsync(sets, async (set, i) =>
            {
                var at = Tick().AddSeconds(i % 5);
                await set.Tokens.TouchAsync(new Dictionary<long, DateTimeOffset> { [token.Id] = at }, Ct);
                return at;
            });
            Assert.Equal(used.Max(), (await Stores.Tokens.FindAsync(token.Id, Ct))?.LastUsedAt);
        }
    }
}
