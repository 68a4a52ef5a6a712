using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Tests;

public sealed class IdentityServiceTests : IDisposable
{
    private static readonly ExternalPerson Ann = new()
    {
        Provider = "scheme:Uni",
        Key = new IdentityKey("scheme:Uni", "4711"),
        LoginName = "ann@uni.edu",
        DisplayName = "Ann Lee",
    };

    private readonly AuthHarness host = new();

    public void Dispose() => host.Dispose();

    [Fact]
    [Trait("Requirement", "V6.8.1")]
    public async Task LinkOwn_WithThePassword_LeadsToTheAccount()
    {
        var user = await host.AddUserAsync(Role.Operator, "someone");
        var identity = (await host.Identities.LinkOwnAsync(await host.LogInAsync("someone"), Ann, AuthHarness.Password)).Require();

        var actor = await host.Credentials.FindIdentityActorAsync(Ann.Key, AuthHarness.Address);
        Assert.NotNull(actor);
        Assert.Equal((user.Id, "someone", Role.Operator), (actor.Id, actor.Username, actor.Role));
        Assert.Equal((ActorKind.External, identity.Id, AuthHarness.Address), (actor.Kind, actor.CredentialId, actor.Address));
        var entry = Assert.Single(await host.ReadAuditAsync(AuditActions.IdentityLink));
        Assert.Equal("someone", entry.Target);
        Assert.Equal("scheme:Uni: ann@uni.edu", entry.Detail);
        Assert.Contains(
            (await host.Get<AccountNoticeService>().GetAsync(actor)).Require().Changes, e => e.Action == AuditActions.IdentityLink);
    }

    [Fact]
    public async Task LinkOwn_WrongPassword_IsCountedAndLinksNothing()
    {
        await host.AddUserAsync(Role.User, "someone");
        var actor = await host.LogInAsync("someone");
        ResultAssert.Faulty("CurrentPassword", await host.Identities.LinkOwnAsync(actor, Ann, AuthHarness.OtherPassword));
        ResultAssert.Faulty("CurrentPassword", await host.Identities.LinkOwnAsync(actor, Ann, null));
        Assert.Null(await host.Credentials.FindIdentityActorAsync(Ann.Key, null));
        Assert.Equal(1, (await host.ReadUserAsync(actor.Id!.Value)).FailedLogins);
    }

    [Fact]
    public async Task Link_TakenOrSecond_SaysWhich()
    {
        var first = await host.AddUserAsync(Role.User, "first");
        var second = await host.AddUserAsync(Role.User, "second");
        Assert.True((await host.Identities.LinkAsync(Actor.Host, first.Id, Ann)).IsSuccess);
        var taken = ResultAssert.Refused(RefusalKind.Conflict, await host.Identities.LinkAsync(Actor.Host, second.Id, Ann));
        Assert.Contains("already leads to an account", taken.Message, StringComparison.Ordinal);
        var another = Ann with { Key = Ann.Key with { Subject = "4712" } };
        var twice = ResultAssert.Refused(RefusalKind.Conflict, await host.Identities.LinkAsync(Actor.Host, first.Id, another));
        Assert.Contains("of this kind", twice.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "x")]
    [InlineData("x", "")]
    [InlineData("x", "a\nb")]
    [InlineData("x", "a\0")]
    public async Task Link_WithoutAnIdentity_NamesTheField(string issuer, string subject)
    {
        var user = await host.AddUserAsync(Role.User, "someone");
        var nobody = Ann with { Key = new IdentityKey(issuer, subject) };
        ResultAssert.Faulty("Key", await host.Identities.LinkAsync(Actor.Host, user.Id, nobody));
        ResultAssert.Faulty("Key", await host.Identities.SignUpAsync(nobody, Role.Viewer, null));
        Assert.Null(await host.Credentials.FindIdentityActorAsync(nobody.Key, null));
    }

    [Fact]
    public async Task Unlink_Own_EndsItFromTheNextRequestOn()
    {
        var user = await host.AddUserAsync(Role.User, "someone");
        var identity = (await host.Identities.LinkAsync(Actor.Host, user.Id, Ann)).Require();
        var actor = (await host.Credentials.FindIdentityActorAsync(Ann.Key, null))!;
        using var second = host.Second();
        Assert.NotNull(await second.Credentials.FindIdentityActorAsync(Ann.Key, null));

        Assert.True((await host.Identities.UnlinkAsync(actor, user.Id, identity.Id)).IsSuccess);

        Assert.Null(await host.Credentials.FindIdentityActorAsync(Ann.Key, null));
        Assert.Null(await second.Credentials.FindIdentityActorAsync(Ann.Key, null));
        ResultAssert.Refused(RefusalKind.Unauthenticated, await host.Account.UpdateAsync(actor, new() { DisplayName = "New" }));
        Assert.Equal("scheme:Uni: ann@uni.edu", Assert.Single(await host.ReadAuditAsync(AuditActions.IdentityUnlink)).Detail);
    }

    [Fact]
    public async Task Unlink_TheOnlyWayIn_IsRefused()
    {
        await host.AddUserAsync(Role.Admin);
        var user = (await host.Identities.SignUpAsync(Ann, Role.User, null)).Require();
        var identity = Assert.Single((await host.Identities.ListAsync(Actor.Host, user.Id)).Require());
        ResultAssert.Refused(RefusalKind.Conflict, await host.Identities.UnlinkAsync(Actor.Host, user.Id, identity.Id));

        Assert.True((await host.Users.SetPasswordAsync(Actor.Host, user.Id, AuthHarness.Password)).IsSuccess);
        Assert.True((await host.Identities.UnlinkAsync(Actor.Host, user.Id, identity.Id)).IsSuccess);
    }

    // "The last active admin" would be untrue: another one is there.
    [Fact]
    public async Task LastAdminWithAPassword_BesideOneWithout_IsKeptForThatReason()
    {
        var last = await host.AddUserAsync(Role.Admin, "last");
        var other = (await host.Identities.SignUpAsync(Ann, Role.User, null)).Require();
        Assert.True((await host.Users.UpdateAsync(Actor.Host, new UpdateUserCommand { Id = other.Id, Role = Role.Admin })).IsSuccess);

        var refusal = ResultAssert.Refused(RefusalKind.Conflict, await host.Users.DeleteAsync(Actor.Host, last.Id));
        Assert.Equal(
            "No other active admin can log in with a password. Create one first, or set a password for one.", refusal.Message);

        Assert.True((await host.Users.SetPasswordAsync(Actor.Host, other.Id, AuthHarness.Password)).IsSuccess);
        Assert.True((await host.Users.DeleteAsync(Actor.Host, last.Id)).IsSuccess);
    }

    [Fact]
    [Trait("Requirement", "V6.8.1")]
    public async Task SignUp_NameTaken_MakesAnotherAndTakesNothingOver()
    {
        var admin = await host.AddUserAsync(Role.Admin, "ann");
        var made = (await host.Identities.SignUpAsync(Ann, Role.User, AuthHarness.Address)).Require();
        Assert.Equal(("ann-2", "Ann Lee", Role.User), (made.Username, made.DisplayName, made.Role));
        Assert.NotEqual(admin.Id, made.Id);

        var again = (await host.Identities.SignUpAsync(Ann, Role.Viewer, null)).Require();
        Assert.Equal(made.Id, again.Id);
        var entry = Assert.Single(await host.ReadAuditAsync(AuditActions.IdentityCreate));
        Assert.Equal((made.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), "ann-2"), (entry.TargetId, entry.Target));
    }

    [Fact]
    [Trait("Requirement", "V2.3.4")]
    public async Task SignUp_ManyRequestsAtOnce_MakeOneAccount()
    {
        await host.AddUserAsync(Role.Admin, "ann");
        using var second = host.Second();
        var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(
            async () => (await (i % 2 == 0 ? host : second).Identities.SignUpAsync(Ann, Role.User, null)).Require())));
        Assert.Single(all.Select(u => u.Id).Distinct());
        Assert.Equal(2, (await host.Stores.Users.ListAsync(new UserQuery { Page = new(10) }, host.Now, CancellationToken.None)).Total);
    }

    [Fact]
    public async Task SignUp_BeforeThereIsAnAdmin_IsRefused()
    {
        ResultAssert.Refused(RefusalKind.Forbidden, await host.Identities.SignUpAsync(Ann, Role.User, null));
        Assert.True(await host.Setup.IsRequiredAsync());
    }

    [Theory]
    [InlineData(Role.Anony)]
    [InlineData(Role.Admin)]
    public async Task SignUp_AsNobodyOrAdmin_IsABug(Role role) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => host.Identities.SignUpAsync(Ann, role, null));

    [Fact]
    public async Task LogIn_ToAnAccountWithoutPassword_IsAsWrongAsAnyOther()
    {
        await host.AddUserAsync(Role.Admin);
        await host.Identities.SignUpAsync(Ann, Role.User, null);
        foreach (var password in (string[])[AuthHarness.Password, "none", " "])
        {
            var refusal = ResultAssert.Refused(
                RefusalKind.Unauthenticated, await host.Logins.LogInAsync("ann", password, new ClientInfo(AuthHarness.Address)));
            Assert.Equal(Refusals.WrongLogin.Message, refusal.Message);
        }

        var actor = (await host.Credentials.FindIdentityActorAsync(Ann.Key, AuthHarness.Address))!;
        var own = ResultAssert.Refused(
            RefusalKind.Invalid, await host.Account.ChangePasswordAsync(actor, "anything", AuthHarness.OtherPassword));
        Assert.Contains("no password", own.Errors!["CurrentPassword"][0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Actor_OfADisabledUser_IsNobody()
    {
        var user = await host.AddUserAsync(Role.User, "someone");
        await host.Identities.LinkAsync(Actor.Host, user.Id, Ann);
        Assert.NotNull(await host.Credentials.FindIdentityActorAsync(Ann.Key, null));
        await host.Users.UpdateAsync(Actor.Host, new UpdateUserCommand { Id = user.Id, IsActive = false });
        Assert.Null(await host.Credentials.FindIdentityActorAsync(Ann.Key, null));
    }

    [Fact]
    public async Task Actor_SignInElsewhereExpired_IsNobody()
    {
        var user = await host.AddUserAsync(Role.User, "someone");
        await host.Identities.LinkAsync(Actor.Host, user.Id, Ann);
        var end = host.Now.AddMinutes(5);
        var actor = await host.Credentials.FindIdentityActorAsync(Ann.Key, null, end);
        Assert.Equal(end, actor?.CredentialExpiresAt);
        Assert.NotNull((await host.Credentials.FindActorsAsync([(actor!, Ann.Key.ToString())]))[0]);

        host.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Null(await host.Credentials.FindIdentityActorAsync(Ann.Key, null, end));
        Assert.Null((await host.Credentials.FindActorsAsync([(actor!, Ann.Key.ToString())]))[0]);
    }

    [Fact]
    public async Task ChangePassword_ByAnIdentity_EndsEverySession()
    {
        var user = await host.AddUserAsync(Role.User, "someone");
        await host.LogInAsync("someone");
        await host.Identities.LinkAsync(Actor.Host, user.Id, Ann);
        var actor = (await host.Credentials.FindIdentityActorAsync(Ann.Key, null))!;
        Assert.True((await host.Account.ChangePasswordAsync(actor, AuthHarness.Password, AuthHarness.OtherPassword)).IsSuccess);
        Assert.Empty(await host.Stores.Sessions.ListAsync(user.Id, host.Now, CancellationToken.None));
    }

    [Fact]
    public async Task NoteUse_OfAnIdentity_IsWritten()
    {
        var user = await host.AddUserAsync(Role.User, "someone");
        await host.Identities.LinkAsync(Actor.Host, user.Id, Ann);
        host.Credentials.NoteUse((await host.Credentials.FindIdentityActorAsync(Ann.Key, null))!);
        await host.Credentials.WriteUsesAsync();
        Assert.Equal(host.Now, (await host.Stores.Identities.ListAsync(user.Id, CancellationToken.None))[0].SeenAt);
    }
}
