using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Import.Tests;

/// <summary>Bearers without a prefix of ours: looked up only while there are imported tokens.</summary>
public sealed class ImportedTokenTests : IAsyncLifetime
{
    private readonly SqliteDatabase database = new();
    private Commands? commands;
    private TestHost? first;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestHost Host => first!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(ImportedToken.IsSupported, "This machine cannot compute SHA3-512.");
        commands = new Commands(database.Path);
        first = new TestHost(database.Open());
        await Host.Stores.InitializeAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (first is not null)
        {
            await first.DisposeAsync();
        }

        commands?.Dispose();

        await database.DisposeAsync();
    }

    [Fact]
    [Trait("Requirement", "S1")]
    public async Task BearerWithoutPrefix_NothingImported_IsRefusedWithoutAQuery()
    {
        await Host.FindAsync(TestHost.OldToken);
        Assert.NotEmpty(Sent());

        for (var i = 0; i < 5; i++)
        {
            Assert.Null(await Host.FindAsync(TestHost.OldToken + i));
        }

        Assert.Empty(Sent());
    }

    [Fact]
    [Trait("Requirement", "S1")]
    public async Task MalformedTokenWithOurPrefix_TokensImported_IsRefusedWithoutAQuery()
    {
        await ImportAsync();
        Assert.NotNull(await Host.FindAsync(TestHost.OldToken));
        Assert.NotEmpty(Sent());

        Assert.Null(await Host.FindAsync("krt_" + TestHost.OldToken));
        Assert.Null(await Host.FindAsync("krs_" + TestHost.OldToken));
        Assert.Null(await Host.FindAsync(""));

        Assert.Empty(Sent());
    }

    [Fact]
    [Trait("Requirement", "S1")]
    public async Task TokensImportedByAnotherInstance_WorkHereWithinHalfAMinute()
    {
        await using var second = new TestHost(database.Open(), Host.Clock);
        Assert.Null(await second.FindAsync(TestHost.OldToken));
        await ImportAsync();
        Assert.Equal("old.hand", await Host.FindAsync(TestHost.OldToken));
        Host.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Null(await second.FindAsync(TestHost.OldToken));

        Host.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("old.hand", await second.FindAsync(TestHost.OldToken));
        Assert.Equal("old.hand", await second.FindAsync(TestHost.OldToken));
    }

    [Fact]
    [Trait("Requirement", "S1")]
    public async Task LastImportedTokenRevoked_GarbageCostsNoQueryAgain()
    {
        await ImportAsync();
        Assert.Equal("old.hand", await Host.FindAsync(TestHost.OldToken));
        var actor = await Host.Get<ICredentialService>().FindTokenActorAsync(TestHost.OldToken, null, Ct);
        Assert.True((await Host.Get<ITokenService>().RevokeAsync(actor!, actor!.CredentialId!.Value, Ct)).IsSuccess);
        Assert.Null(await Host.FindAsync(TestHost.OldToken));
        Host.Clock.Advance(TimeSpan.FromSeconds(30));
        await Host.FindAsync(TestHost.OldToken);
        Assert.NotEmpty(Sent());

        Assert.Null(await Host.FindAsync(TestHost.OldToken));

        Assert.Empty(Sent());
    }

    [Fact]
    [Trait("Requirement", "S1")]
    public async Task ImportedToken_OfADisabledOrDeletedUser_IsRefused()
    {
        await ImportAsync();
        var users = Host.Get<IUserService>();
        var user = (await Host.Stores.Users.FindPasswordAsync("old.hand", Ct))!.User;

        Assert.True((await users.UpdateAsync(Actor.Host, new UpdateUserCommand { Id = user.Id, IsActive = false }, Ct)).IsSuccess);
        Assert.Null(await Host.FindAsync(TestHost.OldToken));
        Assert.True((await users.UpdateAsync(Actor.Host, new UpdateUserCommand { Id = user.Id, IsActive = true }, Ct)).IsSuccess);
        Assert.NotNull(await Host.FindAsync(TestHost.OldToken));
        Assert.True((await users.DeleteAsync(Actor.Host, user.Id, Ct)).IsSuccess);
        Assert.Null(await Host.FindAsync(TestHost.OldToken));
    }

    /// <summary>The question was out before the import and is answered with no; the answer must not shut the gate after it.</summary>
    [Fact]
    public async Task Import_WhileTheQuestionIsOut_OpensTheGateAtOnce()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new ImportedTokenGate(
            async _ =>
            {
                asked.SetResult();
                await answer.Task;
                return false;
            },
            Host.Clock);
        Assert.True(gate.TryHash(TestHost.OldToken, out _));
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(1), Ct);

        gate.Forget();
        answer.SetResult();
        await gate.Asking;

        Assert.True(gate.TryHash(TestHost.OldToken, out _));
    }

    [Fact]
    [Trait("Requirement", "S1")]
    public async Task NobodyCanSayWhetherTokensWereImported_IsLookedUpAndAskedAgain()
    {
        var asked = 0;
        var gate = new ImportedTokenGate(
            _ => ++asked == 1 ? throw new StoreUnavailableException("The database is not available.") : Task.FromResult(false), Host.Clock);

        Assert.True(gate.TryHash(TestHost.OldToken, out var hash));
        Assert.True(hash.IsForeign);
        await gate.Asking;
        Assert.True(gate.TryHash(TestHost.OldToken, out _));
        await gate.Asking;
        Assert.False(gate.TryHash(TestHost.OldToken, out _));
        Assert.Equal(2, asked);
    }

    private IReadOnlyList<string> Sent() => commands!.Take();

    private async Task ImportAsync()
    {
        var report = await Host.ImportAsync(TestHost.OneToken());
        Assert.Empty(report.LeftOut);
        var entry = Assert.Single((await Host.Stores.Audit.ListAsync(new AuditQuery { Action = ImportService.AuditAction }, Ct)).Items);
        Assert.Equal(
            ("database", "KohakuRiver", Actor.SystemName, "host"), (entry.TargetType, entry.Target, entry.Actor, entry.Credential));
    }
}
