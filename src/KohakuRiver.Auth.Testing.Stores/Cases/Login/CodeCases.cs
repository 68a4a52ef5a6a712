using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>What <see cref="ICodeStore"/> promises.</summary>
[Subject("Codes")]
internal sealed class CodeCases : StoreCases
{
    [Case]
    public async Task Replace_NewCode_GivesWhatWasWritten()
    {
        var user = await MakeUserAsync("Forgetful");
        var reset = DraftCode(user);
        var setup = DraftCode();
        await WritesAsync(e => Stores.Codes.TryReplaceAsync(reset, e, Ct));
        await WritesAsync(e => Stores.Codes.TryReplaceAsync(setup, e, Ct));
        Assert.Equal(reset, await Stores.Codes.FindAsync(reset.Hash, Ct));
        Assert.Equal(setup, await Stores.Codes.FindAsync(setup.Hash, Ct));
        Assert.Equal("Forgetful", (await Stores.Codes.FindAsync(reset.Hash, Ct))?.User?.Username);
    }

    [Case]
    public async Task Find_ExpiredCode_IsReturnedToo()
    {
        var code = await MakeCodeAsync(await MakeUserAsync(), Now);
        Tick();
        Assert.Equal(code, await Stores.Codes.FindAsync(code.Hash, Ct));
        Assert.Null(await Stores.Codes.FindAsync(NextHash(), Ct));
    }

    [Case]
    public async Task Replace_EarlierCodes_TakesThoseOfTheSamePurposeAndUserOnly()
    {
        var (user, other) = (await MakeUserAsync(), await MakeUserAsync());
        var first = await MakeCodeAsync(user);
        var others = await MakeCodeAsync(other);
        var setup = await MakeCodeAsync();
        var second = await MakeCodeAsync(user);
        Assert.Null(await Stores.Codes.FindAsync(first.Hash, Ct));
        foreach (var code in new[] { second, others, setup })
        {
            Assert.NotNull(await Stores.Codes.FindAsync(code.Hash, Ct));
        }

        await MakeCodeAsync();
        Assert.Null(await Stores.Codes.FindAsync(setup.Hash, Ct));
        Assert.NotNull(await Stores.Codes.FindAsync(second.Hash, Ct));
    }

    [Case]
    public async Task Replace_UserMissing_IsRefused()
    {
        var user = await MakeUserAsync();
        var code = DraftCode(user with { Id = user.Id + 1000 });
        await LosesAsync(WriteStatus.UserMissing, e => Stores.Codes.TryReplaceAsync(code, e, Ct));
    }

    [Case(true)]
    [Case(false)]
    public async Task Replace_ManyAtOnce_OneCodeIsLeft(bool setup)
    {
        var sets = await OpenTwoAsync();
        var user = await MakeUserAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var codes = Enumerable.Range(0, Callers).Select(_ => DraftCode(setup ? null : user)).ToList();
            var entries = Enumerable.Range(0, Callers).Select(_ => Entry()).ToList();
            Assert.All(
                await RaceAsync(sets, (set, i) => set.Codes.TryReplaceAsync(codes[i], entries[i], Ct)),
                status => Assert.Equal(WriteStatus.Done, status));
            Assert.Equal(Callers, await CountAuditedAsync(entries));
            var left = 0;
            foreach (var code in codes)
            {
                left += await Stores.Codes.FindAsync(code.Hash, Ct) is null ? 0 : 1;
            }

            Assert.Equal(1, left);
        }
    }

    [Case]
    public async Task Prune_AtTheGivenNow_RemovesWhatIsExpiredThen()
    {
        var now = Now.AddHours(1);
        var expired = await MakeCodeAsync(await MakeUserAsync(), now.AddMicroseconds(-1));
        var expiring = await MakeCodeAsync(await MakeUserAsync(), now);
        var living = await MakeCodeAsync(await MakeUserAsync(), now.AddMicroseconds(1));
        await WritesNoAuditAsync(async () =>
        {
            Assert.Equal(0, await Stores.Codes.PruneAsync(Now, Ct));
            Assert.Equal(2, await Stores.Codes.PruneAsync(now, Ct));
        });
        Assert.Null(await Stores.Codes.FindAsync(expired.Hash, Ct));
        Assert.Null(await Stores.Codes.FindAsync(expiring.Hash, Ct));
        Assert.NotNull(await Stores.Codes.FindAsync(living.Hash, Ct));
    }
}
