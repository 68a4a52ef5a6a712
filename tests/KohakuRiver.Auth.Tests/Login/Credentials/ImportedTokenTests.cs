using System.Security.Cryptography;
using System.Text;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Tests;

/// <summary>Bearers without a prefix of ours: looked up only while there are imported tokens.</summary>
public sealed class ImportedTokenTests
{
    private static readonly string Old = new('7', 64);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task S1_BearerWithoutPrefix_NothingImported_IsRefusedWithoutAQuery()
    {
        using var auth = new AuthHarness();
        await auth.Credentials.FindTokenActorAsync(Old, null, Ct);
        var verbs = CountVerbs(auth);

        for (var i = 0; i < 5; i++)
        {
            Assert.Null(await auth.Credentials.FindTokenActorAsync(Old + i, null, Ct));
        }

        Assert.Equal(0, verbs());
    }

    [Fact]
    public async Task S1_MalformedTokenWithOurPrefix_TokensImported_IsRefusedWithoutAQuery()
    {
        using var auth = new AuthHarness();
        await ImportAsync(auth);
        Assert.NotNull(await auth.Credentials.FindTokenActorAsync(Old, null, Ct));
        var verbs = CountVerbs(auth);

        Assert.Null(await auth.Credentials.FindTokenActorAsync("krt_" + Old, null, Ct));
        Assert.Null(await auth.Credentials.FindTokenActorAsync("krs_" + Old, null, Ct));
        Assert.Null(await auth.Credentials.FindTokenActorAsync("", null, Ct));

        Assert.Equal(0, verbs());
    }

    [Fact]
    public async Task S1_TokensImportedByAnotherInstance_WorkHereWithinHalfAMinute()
    {
        using var auth = new AuthHarness();
        using var second = auth.Second();
        Assert.Null(await second.Credentials.FindTokenActorAsync(Old, null, Ct));

        await ImportAsync(auth);
        Assert.Equal("old.hand", (await auth.Credentials.FindTokenActorAsync(Old, null, Ct))?.Username);
        auth.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("old.hand", (await second.Credentials.FindTokenActorAsync(Old, null, Ct))?.Username);
    }

    [Fact]
    public async Task S1_LastImportedTokenRevoked_GarbageCostsNoQueryAgain()
    {
        using var auth = new AuthHarness();
        await ImportAsync(auth);
        var actor = await auth.Credentials.FindTokenActorAsync(Old, null, Ct);
        Assert.True((await auth.Tokens.RevokeAsync(actor!, actor!.CredentialId!.Value, Ct)).IsSuccess);
        Assert.Null(await auth.Credentials.FindTokenActorAsync(Old, null, Ct));
        auth.Clock.Advance(TimeSpan.FromSeconds(30));
        await auth.Credentials.FindTokenActorAsync(Old, null, Ct);
        var verbs = CountVerbs(auth);

        Assert.Null(await auth.Credentials.FindTokenActorAsync(Old, null, Ct));

        Assert.Equal(0, verbs());
    }

    [Fact]
    public async Task S1_ImportedToken_OfADisabledOrDeletedUser_IsRefused()
    {
        using var auth = new AuthHarness();
        await ImportAsync(auth);
        var user = (await auth.Stores.Users.FindPasswordAsync("old.hand", Ct))!.User;

        Assert.True((await auth.Users.UpdateAsync(Actor.Host, user.Id, new UserChange { IsActive = false }, Ct)).IsSuccess);
        Assert.Null(await auth.Credentials.FindTokenActorAsync(Old, null, Ct));
        Assert.True((await auth.Users.UpdateAsync(Actor.Host, user.Id, new UserChange { IsActive = true }, Ct)).IsSuccess);
        Assert.NotNull(await auth.Credentials.FindTokenActorAsync(Old, null, Ct));
        Assert.True((await auth.Users.DeleteAsync(Actor.Host, user.Id, Ct)).IsSuccess);
        Assert.Null(await auth.Credentials.FindTokenActorAsync(Old, null, Ct));
    }

    [Fact]
    public async Task Import_OthersKeepMakingTheSame_GivesUpWithNothingImported()
    {
        using var auth = new AuthHarness();
        var busy = new ImportService(new LosingStore(auth.Stores.Imports), auth.Get<ImportedTokenGate>(), auth.Clock);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => busy.RunAsync(Source(), dryRun: false, Ct));

        Assert.False(await auth.Stores.Users.AnyAsync(Ct));
    }

    [Fact]
    public async Task Import_OddRows_AreImportedWithWhatIsGoodOrNamed()
    {
        using var auth = new AuthHarness();
        var hash = Source().Users[0].PasswordHash;
        var source = new ImportSource
        {
            Users =
            [
                new ImportSourceUser(1, "one", "evil\u202ename", hash, "viewer", null, null),
                new ImportSourceUser(2, null, null, hash, "viewer", true, null),
                new ImportSourceUser(3, "three", "", hash, "Admin", true, null),
                new ImportSourceUser(4, "four", "", hash?.Replace("$04$", "$31$", StringComparison.Ordinal), "viewer", true, null),
            ],
            Groups =
            [
                new ImportSourceGroup(1, "a", 0, "[1]", null),
                new ImportSourceGroup(2, "b", 0, "{", null),
                new ImportSourceGroup(3, "c", 0, """{"Max": 1, "ok": -1, "good": 7, "big": 1e30, "text": "x"}""", null),
                new ImportSourceGroup(4, "line\nbreak", 0, null, null),
            ],
            Tokens =
            [
                new ImportSourceToken(7, 1, Hash("one"), "tab\tbed", null, null, null),
                new ImportSourceToken(8, 1, Hash("one").ToUpperInvariant(), "twice", null, null, null),
                new ImportSourceToken(9, 1, Hash("two"), "dead", null, auth.Now, null),
                new ImportSourceToken(10, null, Hash("three"), "nobody's", null, null, null),
            ],
            Memberships = [new ImportSourceMembership(1, 1, 4, null, null), new ImportSourceMembership(2, 1, 3, null, null), new ImportSourceMembership(3, 1, 3, null, null)],
            Invitations =
            [
                new ImportSourceInvitation(1, "short", "viewer", null, 1, 0, auth.Now.AddDays(1), null, null),
                new ImportSourceInvitation(2, new string('a', 64), "viewer", 4, 1, 0, auth.Now.AddDays(1), null, null),
                new ImportSourceInvitation(3, new string('b', 64), "viewer", null, 0, -1, auth.Now.AddDays(1), null, null),
                new ImportSourceInvitation(4, new string('c', 64), "viewer", null, 1, 0, null, null, null),
                new ImportSourceInvitation(5, new string('d', 64), "viewer", null, 1, 0, auth.Now, null, null),
            ],
            VpsAssignments = [new ImportSourceVpsAssignment(1, "a b", 1, null), new ImportSourceVpsAssignment(2, "5", 1, null), new ImportSourceVpsAssignment(3, "5", 1, null)],
        };

        var report = await auth.Get<ImportService>().RunAsync(source, dryRun: false, Ct);

        Assert.Equal(
            [new("users", 1, 0, 3), new("groups", 3, 0, 1), new("user_groups", 1, 0, 2), new("tokens", 1, 0, 3), new("invitations", 0, 0, 5), new("vps_assignments", 1, 0, 2)],
            report.Counts);
        var one = (await auth.Stores.Users.FindPasswordAsync("one", Ct))!.User;
        Assert.Equal(("one", false, auth.Now), (one.DisplayName, one.IsActive, one.CreatedAt));
        Assert.Equal("imported token 7", Assert.Single((await auth.Stores.Tokens.ListAsync(null, new PageRequest(9), Ct)).Items).Name);
        Assert.Equal([new("good", 7)], Assert.Single(await auth.Stores.Groups.ListOfUserAsync(one.Id, Ct)).Limits);
        Assert.Equal([("users", 1L), ("users", 1L), ("groups", 1L), ("groups", 2L), ("groups", 3L), ("tokens", 7L)], report.Changed.Select(c => (c.Table, c.Id)));
    }

    private static string Hash(string token) => Convert.ToHexStringLower(SHA3_512.HashData(Encoding.UTF8.GetBytes(token)));

    private static ImportSource Source() => new()
    {
        Users = [new ImportSourceUser(1, "old.hand", "Old hand", "$2b$04$......................" + new string('.', 31), "user", true, null)],
        Tokens = [new ImportSourceToken(1, 1, Hash(Old), "ci", null, null, null)],
    };

    private static async Task ImportAsync(AuthHarness auth)
    {
        Assert.SkipUnless(ImportedToken.IsSupported, "This machine cannot compute SHA3-512.");
        var report = await auth.Get<ImportService>().RunAsync(Source(), dryRun: false, Ct);
        Assert.Empty(report.LeftOut);
        var entry = Assert.Single(await auth.ReadAuditAsync(AuditActions.ImportCompleted));
        Assert.Equal(("database", "KohakuRiver", Actor.SystemName, "host"), (entry.TargetType, entry.Target, entry.Actor, entry.Credential));
    }

    private static Func<int> CountVerbs(AuthHarness auth)
    {
        var count = 0;
        auth.Database.BeforeVerb = _ =>
        {
            Interlocked.Increment(ref count);
            return Task.CompletedTask;
        };
        return () => Volatile.Read(ref count);
    }

    private sealed class LosingStore(IImportStore real) : IImportStore
    {
        public object TransactionDomain => real.TransactionDomain;

        public Task<ImportState> ReadAsync(ImportKeys keys, CancellationToken ct) => real.ReadAsync(keys, ct);

        public Task<WriteStatus> TryImportAsync(ImportPlan plan, AuthorizedWrite write, CancellationToken ct) => Task.FromResult(WriteStatus.Conflict);

        public Task<bool> AnyTokensAsync(CancellationToken ct) => real.AnyTokensAsync(ct);
    }
}
