using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;

namespace KohakuRiver.Auth.Tests;

public sealed class OwnAccountTests : IDisposable
{
    private readonly AuthHarness host = new();

    public void Dispose() => host.Dispose();

    [Fact]
    [Trait("Requirement", "S2"), Trait("Requirement", "V6.2.2"), Trait("Requirement", "V7.4.3")]
    public async Task ChangePassword_KeepsThisSessionAndTokens_EndsOtherSessionsAndResetCodes()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        var own = (await host.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo())).Require();
        var other = (await host.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo())).Require();
        var actor = (await host.SessionActorAsync(own.Secret))!;
        var token = (await host.Tokens.CreateAsync(actor, new CreateTokenCommand { Name = "t" })).Require();
        var code = (await host.UserCredentials.CreateResetCodeAsync(TestActors.Admin(), user.Id)).Require();

        Assert.True((await host.Account.ChangePasswordAsync(actor, AuthHarness.Password, AuthHarness.OtherPassword)).IsSuccess);

        Assert.NotNull(await host.SessionActorAsync(own.Secret));
        Assert.Null(await host.SessionActorAsync(other.Secret));
        Assert.NotNull(await host.TokenActorAsync(token.Secret));
        ResultAssert.Faulty("Code", await host.Account.ResetPasswordAsync(code.Secret.Reveal(), AuthHarness.Password, new ClientInfo()));
        ResultAssert.Refused(RefusalKind.Unauthenticated, await host.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo()));
        await host.LogInAsync("alice", AuthHarness.OtherPassword);
    }

    [Fact]
    [Trait("Requirement", "V6.2.3"), Trait("Requirement", "V7.5.1")]
    public async Task ChangePassword_WrongCurrent_CountsLikeAFailedLogin()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        var actor = await host.LogInAsync("alice");

        for (var i = 0; i < 60; i++)
        {
            ResultAssert.Faulty("CurrentPassword", await host.Account.ChangePasswordAsync(actor, "wrong", AuthHarness.OtherPassword));
        }

        Assert.Equal(60, (await host.ReadUserAsync(user.Id)).FailedLogins);
        ResultAssert.Refused(
            RefusalKind.Throttled, await host.Account.ChangePasswordAsync(actor, AuthHarness.Password, AuthHarness.OtherPassword));
        Assert.Equal(60, (await host.ReadAuditAsync(AuditActions.PasswordChange)).Count(e => e.Outcome == AuditOutcome.Failure));
    }

    [Fact]
    public async Task ChangePassword_RightCurrentButRefusedNewOne_IsNoFailure()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        var actor = await host.LogInAsync("alice");
        for (var i = 0; i < 120; i++)
        {
            ResultAssert.Faulty("NewPassword", await host.Account.ChangePasswordAsync(actor, AuthHarness.Password, "passwordpassword"));
        }

        Assert.Equal((0, null), ((await host.ReadUserAsync(user.Id)).FailedLogins, (await host.ReadUserAsync(user.Id)).LockedUntil));
        await host.LogInAsync("alice");
    }

    [Fact]
    [Trait("Requirement", "V7.5.3")]
    public async Task ConfirmPassword_WrongCountsAndIsRecorded_RightClears()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        var actor = await host.LogInAsync("alice");
        ResultAssert.Faulty("CurrentPassword", await host.Account.ConfirmPasswordAsync(actor, null));
        ResultAssert.Faulty("CurrentPassword", await host.Account.ConfirmPasswordAsync(actor, "wrong"));
        Assert.Equal(1, (await host.ReadUserAsync(user.Id)).FailedLogins);
        var entry = Assert.Single(await host.ReadAuditAsync(AuditActions.PasswordConfirm));
        Assert.Equal((AuditOutcome.Failure, user.Id, $"{user.Id}"), (entry.Outcome, entry.ActorId, entry.TargetId));

        Assert.True((await host.Account.ConfirmPasswordAsync(actor, AuthHarness.Password)).IsSuccess);
        Assert.Equal(0, (await host.ReadUserAsync(user.Id)).FailedLogins);
        Assert.Single(await host.ReadAuditAsync(AuditActions.PasswordConfirm));
    }

    [Theory]
    [InlineData(null, AuthHarness.OtherPassword, "CurrentPassword")]
    [InlineData("", AuthHarness.OtherPassword, "CurrentPassword")]
    [InlineData(AuthHarness.Password, null, "NewPassword")]
    [InlineData(AuthHarness.Password, "short", "NewPassword")]
    [Trait("Requirement", "V6.2.3")]
    public async Task ChangePassword_BadFields_ChangeAndCountNothing(string? current, string? next, string field)
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        var actor = await host.LogInAsync("alice");

        ResultAssert.Faulty(field, await host.Account.ChangePasswordAsync(actor, current, next));

        Assert.Equal(0, (await host.ReadUserAsync(user.Id)).FailedLogins);
        await host.LogInAsync("alice");
    }

    [Fact]
    public async Task ChangePassword_ChangedElsewhereMeanwhile_IsAConflict()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        var actor = await host.LogInAsync("alice");
        host.Hasher.OnVerify = () => Assert.Equal(WriteStatus.Done, host.Stores.Accounts.TrySetPasswordAsync(
            user.Id, host.Hasher.Hash("set by the admin in between"), false,
            AuthorizedWrite.By(Actor.Host, AuditEntries.By(Actor.Host, host.Now, AuditActions.UserSetPassword)),
            CancellationToken.None).Result);

        ResultAssert.Refused(
            RefusalKind.Unauthenticated, await host.Account.ChangePasswordAsync(actor, AuthHarness.Password, AuthHarness.OtherPassword));
        host.Hasher.OnVerify = null;

        ResultAssert.Refused(
            RefusalKind.Unauthenticated, await host.Logins.LogInAsync("alice", AuthHarness.OtherPassword, new ClientInfo()));
    }

    [Fact]
    [Trait("Requirement", "V6.4.3"), Trait("Requirement", "V6.5.1")]
    public async Task ResetCode_SetsThePasswordOnce_EndsSessionsAndTokens()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        var login = (await host.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo())).Require();
        var token = (
            await host.Tokens.CreateAsync((await host.SessionActorAsync(login.Secret))!, new CreateTokenCommand { Name = "t" })).Require();
        var code = (await host.UserCredentials.CreateResetCodeAsync(TestActors.Admin(), user.Id)).Require();

        // A bad password does not use the code up.
        ResultAssert.Faulty("NewPassword", await ResetAsync(code.Secret, "passwordpassword"));
        ResultAssert.Faulty("NewPassword", await ResetAsync(code.Secret, "short"));
        Assert.NotNull(await host.SessionActorAsync(login.Secret));
        Assert.True((await ResetAsync(code.Secret, AuthHarness.OtherPassword)).IsSuccess);

        Assert.Null(await host.SessionActorAsync(login.Secret));
        Assert.Null(await host.TokenActorAsync(token.Secret));
        ResultAssert.Faulty("Code", await ResetAsync(code.Secret, AuthHarness.Password));
        await host.LogInAsync("alice", AuthHarness.OtherPassword);
    }

    [Fact]
    [Trait("Requirement", "B5")]
    public async Task ResetCode_Previewed_NamesItsUserUntilItIsOver()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        var code = (await host.UserCredentials.CreateResetCodeAsync(TestActors.Admin(), user.Id)).Require();
        var client = new ClientInfo(AuthHarness.Address);
        for (var i = 0; i < 40; i++)
        {
            // A right one is no guess.
            Assert.Equal("alice", (await host.Account.PreviewResetAsync(code.Secret.Reveal(), client)).Require().Username);
        }

        host.Clock.Advance(TimeSpan.FromHours(24));
        ResultAssert.Faulty("Code", await host.Account.PreviewResetAsync(code.Secret.Reveal(), client));
        for (var i = 0; i < 30; i++)
        {
            ResultAssert.Faulty("Code", await host.Account.PreviewResetAsync(i % 2 == 0 ? "unknown" : null, client));
        }

        ResultAssert.Refused(RefusalKind.Throttled, await host.Account.PreviewResetAsync("unknown", client));
    }

    [Fact]
    [Trait("Requirement", "V6.4.3"), Trait("Requirement", "V9.2.2")]
    public async Task ResetCode_ExpiredReplacedOrOfAnotherKind_IsRefused()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        var replaced = (await host.UserCredentials.CreateResetCodeAsync(TestActors.Admin(), user.Id)).Require();
        var code = (await host.UserCredentials.CreateResetCodeAsync(TestActors.Admin(), user.Id)).Require();
        ResultAssert.Faulty("Code", await ResetAsync(replaced.Secret, AuthHarness.OtherPassword));
        ResultAssert.Faulty("Code", await ResetAsync(SecretGenerator.Create(SecretKind.Setup), AuthHarness.OtherPassword));
        ResultAssert.Faulty("Code", await host.Account.ResetPasswordAsync(null, AuthHarness.OtherPassword, new ClientInfo()));

        Assert.Equal(host.Now + TimeSpan.FromHours(24), code.ExpiresAt);
        host.Clock.Advance(TimeSpan.FromHours(24));
        var before = host.Hasher.Verifications;
        ResultAssert.Faulty("Code", await ResetAsync(code.Secret, AuthHarness.OtherPassword));
        Assert.Equal(before, host.Hasher.Verifications);
        Assert.Contains(
            await host.ReadAuditAsync(AuditActions.PasswordReset),
            e => e is { Outcome: AuditOutcome.Failure, Detail: "expired code", Target: "alice" });
        await host.LogInAsync("alice");
    }

    [Fact]
    [Trait("Requirement", "V6.5.1")]
    public async Task ResetCode_TwentyParallel_OneWins()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        var code = (await host.UserCredentials.CreateResetCodeAsync(TestActors.Admin(), user.Id)).Require();

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => Task.Run(() => ResetAsync(code.Secret, $"new passphrase number {i}"))));

        Assert.Single(outcomes, o => o.IsSuccess);
        Assert.Single(await host.ReadAuditAsync(AuditActions.PasswordReset), e => e.Outcome == AuditOutcome.Success);
    }

    [Fact]
    public async Task ResetCode_MadeButNotUsed_ChangesNothing()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        var login = (await host.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo())).Require();
        await host.UserCredentials.CreateResetCodeAsync(TestActors.Admin(), user.Id);
        Assert.NotNull(await host.SessionActorAsync(login.Secret));
        await host.LogInAsync("alice");
    }

    [Fact]
    public async Task DisplayName_IsTrimmedAndChecked()
    {
        await host.AddUserAsync(Role.User, "alice");
        var actor = await host.LogInAsync("alice");
        Assert.Equal("Alice L.", (await host.Account.UpdateAsync(actor, new() { DisplayName = "  Alice L. " })).Require().User.DisplayName);
        ResultAssert.Faulty("DisplayName", await host.Account.UpdateAsync(actor, new() { DisplayName = " " }));
        ResultAssert.Faulty("DisplayName", await host.Account.UpdateAsync(actor, new()));
        Assert.Equal("Alice L.", (await host.Account.GetAsync(actor)).Require().User.DisplayName);
    }

    [Fact]
    public async Task Language_IsCheckedKeptWithTheNameAndSeenByRequests()
    {
        await host.AddUserAsync(Role.User, "alice");
        var actor = await host.LogInAsync("alice");
        var both = new UpdateAccountCommand { DisplayName = "Alice", Language = "ZH-hant-tw" };
        Assert.Equal("zh-Hant-TW", (await host.Account.UpdateAsync(actor, both)).Require().User.Language);
        ResultAssert.Faulty("Language", await host.Account.UpdateAsync(actor, new() { DisplayName = "Bob", Language = "not a tag" }));
        ResultAssert.Faulty("DisplayName", await host.Account.UpdateAsync(actor, new() { DisplayName = " ", Language = "ja" }));
        var now = (await host.Account.GetAsync(actor)).Require().User;
        Assert.Equal(("Alice", "zh-Hant-TW"), (now.DisplayName, now.Language));
        Assert.Equal("zh-Hant-TW", (await host.LogInAsync("alice")).Language);
        Assert.Equal("Alice", (await host.Account.UpdateAsync(actor, new() { Language = "" })).Require().User.DisplayName);
        Assert.Null((await host.LogInAsync("alice")).Language);
    }

    [Fact]
    [Trait("Requirement", "V7.5.2"), Trait("Requirement", "V8.2.2")]
    public async Task Sessions_OwnOnly_CurrentMarked()
    {
        await host.AddUserAsync(Role.User, "alice");
        await host.AddUserAsync(Role.User, "bob");
        var first = await host.LogInAsync("alice");
        var second = await host.LogInAsync("alice");
        var bob = await host.LogInAsync("bob");

        var list = (await host.Account.ListSessionsAsync(second)).Require();
        Assert.Equal([second.CredentialId, first.CredentialId], list.Sessions.Select(s => (long?)s.Id));
        Assert.Equal(second.CredentialId, list.CurrentId);

        ResultAssert.Refused(RefusalKind.Hidden, await host.Account.EndSessionAsync(second, bob.CredentialId!.Value));
        ResultAssert.Refused(RefusalKind.Hidden, await host.Account.EndSessionAsync(second, 999_999));
        Assert.True((await host.Account.EndSessionAsync(second, first.CredentialId!.Value)).IsSuccess);
        Assert.Equal([second.CredentialId], (await host.Account.ListSessionsAsync(second)).Require().Sessions.Select(s => (long?)s.Id));
        Assert.Single((await host.Account.ListSessionsAsync(bob)).Require().Sessions);
    }

    [Fact]
    public async Task DeletedUser_StaleActor_IsUnauthenticated()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        var actor = await host.LogInAsync("alice");
        await host.Users.DeleteAsync(Actor.Host, user.Id);
        ResultAssert.Refused(RefusalKind.Unauthenticated, await host.Account.GetAsync(actor));
        ResultAssert.Refused(RefusalKind.Unauthenticated, await host.Account.UpdateAsync(actor, new() { DisplayName = "x" }));
        ResultAssert.Refused(RefusalKind.Unauthenticated, await host.Tokens.CreateAsync(actor, new CreateTokenCommand { Name = "t" }));
    }

    private Task<KohakuResult> ResetAsync(SecretText code, string password) =>
        host.Account.ResetPasswordAsync(code.Reveal(), password, new ClientInfo(AuthHarness.Address));
}
