using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Tests;

public sealed class CredentialCacheTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;
    private readonly ScriptedEpoch epoch = new();
    private int lookUps;

    [Fact]
    public async Task Find_KeptAndUntouched_CostsNoLookUp()
    {
        var cache = new CredentialCache(epoch, 10);
        var made = await ResolveAsync(cache, "a", userId: 1);
        epoch.Touch(2);

        Assert.Same(made, await cache.FindAsync(Key("a"), Ct));
        Assert.Equal(1, lookUps);
    }

    [Fact]
    public async Task Find_NotKept_AsksNobody()
    {
        var cache = new CredentialCache(epoch, 10);

        Assert.Null(await cache.FindAsync(Key("a"), Ct));
        Assert.Equal(0, epoch.Reads);
    }

    [Fact]
    public async Task Find_EachUse_IsValidated()
    {
        var cache = new CredentialCache(epoch, 10);
        await ResolveAsync(cache, "a", userId: 1);
        var before = epoch.Reads;

        for (var i = 0; i < 5; i++)
        {
            Assert.NotNull(await cache.FindAsync(Key("a"), Ct));
        }

        Assert.Equal(before + 5, epoch.Reads);
    }

    [Fact]
    public async Task Find_UserTouchedSince_IsVoidForAllTheirCredentialsOnly()
    {
        var cache = new CredentialCache(epoch, 10);
        await ResolveAsync(cache, "a", userId: 1);
        await ResolveAsync(cache, "b", userId: 1);
        await ResolveAsync(cache, "c", userId: 2);
        epoch.Touch(1);

        Assert.Null(await cache.FindAsync(Key("a"), Ct));
        Assert.Null(await cache.FindAsync(Key("b"), Ct));
        Assert.NotNull(await cache.FindAsync(Key("c"), Ct));
    }

    [Fact]
    public async Task Resolve_UserTouchedWhileItIsLookedUp_IsVoidAtTheNextUse()
    {
        var cache = new CredentialCache(epoch, 10);
        await ResolveAsync(cache, "other", userId: 9);

        // The look-up read the row before the change committed, and comes back after somebody has read the epoch.
        await cache.ResolveAsync(
            Key("a"),
            async () =>
            {
                epoch.Touch(1);
                await cache.FindAsync(Key("other"), Ct);
                return Record(1);
            },
            Ct);

        Assert.Null(await cache.FindAsync(Key("a"), Ct));
    }

    [Fact]
    public async Task Resolve_AllForgottenWhileItIsLookedUp_IsVoidAtTheNextUse()
    {
        var cache = new CredentialCache(epoch, 10);
        await ResolveAsync(cache, "other", userId: 9);
        await cache.ResolveAsync(
            Key("a"),
            async () =>
            {
                epoch.ForgetHistory();
                await cache.FindAsync(Key("other"), Ct);
                return Record(1);
            },
            Ct);

        Assert.Null(await cache.FindAsync(Key("a"), Ct));
    }

    [Fact]
    public async Task Resolve_AfterATouch_IsKeptAgain()
    {
        var cache = new CredentialCache(epoch, 10);
        await ResolveAsync(cache, "a", userId: 1);
        epoch.Touch(1);
        Assert.Null(await cache.FindAsync(Key("a"), Ct));

        var again = await ResolveAsync(cache, "a", userId: 1);

        Assert.Same(again, await cache.FindAsync(Key("a"), Ct));
    }

    [Fact]
    public async Task Resolve_NotFound_KeepsNothing()
    {
        var cache = new CredentialCache(epoch, 10);

        Assert.Null(await cache.ResolveAsync(Key("a"), () => Task.FromResult<CredentialRecord?>(null), Ct));
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public async Task Find_HistoryForgotten_VoidsEverything()
    {
        var cache = new CredentialCache(epoch, 10);
        await ResolveAsync(cache, "a", userId: 1);
        epoch.ForgetHistory();

        Assert.Null(await cache.FindAsync(Key("a"), Ct));
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public async Task Find_EpochWentBackwards_VoidsEverythingAndCountsFromThere()
    {
        var cache = new CredentialCache(epoch, 10);
        epoch.Touch(5, 6, 7);
        await ResolveAsync(cache, "a", userId: 1);
        epoch.RestoreTo(1);
        Assert.Null(await cache.FindAsync(Key("a"), Ct));

        await ResolveAsync(cache, "a", userId: 1);
        Assert.NotNull(await cache.FindAsync(Key("a"), Ct));
        epoch.Touch(1);
        Assert.Null(await cache.FindAsync(Key("a"), Ct));
    }

    [Fact]
    [Trait("Requirement", "V16.5.3")]
    public async Task Find_EpochCannotBeRead_IsAnOutageNotAnAccept()
    {
        var cache = new CredentialCache(epoch, 10);
        await ResolveAsync(cache, "a", userId: 1);
        epoch.IsDown = true;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => cache.FindAsync(Key("a"), Ct).AsTask());
        epoch.IsDown = false;
        Assert.NotNull(await cache.FindAsync(Key("a"), Ct));
    }

    [Fact]
    public async Task Resolve_BeyondItsBounds_LeastRecentlyUsedGoOut()
    {
        var cache = new CredentialCache(epoch, 100);
        for (var i = 0; i < 100; i++)
        {
            await ResolveAsync(cache, "k" + i, userId: i + 1);
        }

        Assert.NotNull(await cache.FindAsync(Key("k0"), Ct));
        await ResolveAsync(cache, "one more", userId: 500);

        Assert.InRange(cache.Count, 80, 100);
        Assert.NotNull(await cache.FindAsync(Key("k0"), Ct));
        Assert.Null(await cache.FindAsync(Key("k1"), Ct));
        Assert.NotNull(await cache.FindAsync(Key("k99"), Ct));
        Assert.NotNull(await cache.FindAsync(Key("one more"), Ct));
    }

    [Fact]
    public async Task Touches_OfMoreUsersThanItHolds_StayBounded()
    {
        var cache = new CredentialCache(epoch, 10);
        await ResolveAsync(cache, "a", userId: 1);
        epoch.Touch([.. Enumerable.Range(100, 50).Select(i => (long)i)]);

        Assert.Null(await cache.FindAsync(Key("a"), Ct));
        await ResolveAsync(cache, "a", userId: 1);
        Assert.NotNull(await cache.FindAsync(Key("a"), Ct));
    }

    [Fact]
    public async Task AnswersOfTheEpoch_InAnyOrder_NeverReviveWhatWasTouched()
    {
        var cache = new CredentialCache(epoch, 10);
        await ResolveAsync(cache, "a", userId: 1);

        // The first read is sent before the change and answered after a second one has told of it.
        var held = epoch.HoldNext();
        var slow = cache.FindAsync(Key("a"), Ct).AsTask();
        epoch.Touch(1);
        Assert.Null(await cache.FindAsync(Key("a"), Ct));
        await ResolveAsync(cache, "a", userId: 1);
        epoch.Touch(1);
        Assert.Null(await cache.FindAsync(Key("a"), Ct));
        held.SetResult();
        await slow;

        Assert.Null(await cache.FindAsync(Key("a"), Ct));
    }

    // With room for fewer than there are users the cache starts anew all the time, which is where marks of what was touched are lost.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Race_TouchThenFind_NeverGivesWhatWasTouched(int capacity)
    {
        const int rounds = 20_000;
        const int users = 4;
        var cache = new CredentialCache(epoch, capacity);
        var truth = new long[users];
        var stale = 0;
        await Task.WhenAll(Enumerable.Range(0, users).SelectMany(user => new[] { true, false }.Select(writes => Task.Run(async () =>
        {
            for (var round = 0; round < rounds; round++)
            {
                if (writes)
                {
                    // As a database does: the row first, the epoch with its commit, the acknowledgement last.
                    Interlocked.Increment(ref truth[user]);
                    epoch.Touch(user + 1);
                }

                var acknowledged = writes ? Volatile.Read(ref truth[user]) : 0;
                var entry = await cache.FindAsync(Key("u" + user), Ct)
                    ?? await cache.ResolveAsync(Key("u" + user), async () =>
                    {
                        var seen = Volatile.Read(ref truth[user]);
                        await Task.Yield();
                        return Record(user + 1, seen);
                    }, Ct);
                if (entry!.Record.Token!.Id < acknowledged)
                {
                    Interlocked.Increment(ref stale);
                }
            }
        }))));

        Assert.Equal(0, stale);
    }

    private static CredentialKey Key(string text)
    {
        Assert.True(CredentialKey.TryOf(text, out var key));
        return key;
    }

    private static CredentialRecord Record(long userId, long tokenId = 1) => new()
    {
        User = new User { Id = userId, Username = "u", DisplayName = "u", Role = Role.User, IsActive = true, CreatedAt = default },
        GroupIds = [],
        Token = new ApiToken { Id = tokenId, Owner = new UserRef(userId, "u"), Name = "t", Prefix = "krt_0000", CreatedAt = default },
    };

    private async Task<CachedCredential> ResolveAsync(CredentialCache cache, string key, long userId) => (await cache.ResolveAsync(
        Key(key),
        () =>
        {
            lookUps++;
            return Task.FromResult<CredentialRecord?>(Record(userId));
        },
        Ct))!;

    /// <summary>An epoch in memory that a test moves by hand.</summary>
    private sealed class ScriptedEpoch : IChangeEpoch
    {
        private readonly Lock gate = new();
        private readonly List<PrincipalChange> log = [];
        private long floor;
        private long value;
        private int reads;
        private TaskCompletionSource? hold;

        public bool IsDown { get; set; }

        public int Reads => reads;

        public void Touch(params long[] users)
        {
            lock (gate)
            {
                foreach (var user in users)
                {
                    log.Add(new PrincipalChange(++value, user));
                }
            }
        }

        public void ForgetHistory()
        {
            lock (gate)
            {
                floor = ++value;
                log.Clear();
            }
        }

        public void RestoreTo(long earlier)
        {
            lock (gate)
            {
                value = earlier;
                log.RemoveAll(c => c.Epoch > earlier);
            }
        }

        /// <summary>The next read takes its answer at once and gives it when told to.</summary>
        public TaskCompletionSource HoldNext() => hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask<PrincipalChanges> ReadAsync(long since, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref reads);
            if (IsDown)
            {
                throw new StoreUnavailableException();
            }

            PrincipalChanges answer;
            lock (gate)
            {
                answer = since < floor || since > value
                    ? PrincipalChanges.Unknown(value)
                    : new PrincipalChanges(value, log.FindAll(c => c.Epoch > since));
                if (log.Count > 1000 && hold is null)
                {
                    log.RemoveRange(0, 500);
                    floor = log[0].Epoch - 1;
                }
            }

            if (Interlocked.Exchange(ref hold, null) is { } held)
            {
                await held.Task;
            }

            return answer;
        }
    }
}
