using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;

namespace KohakuRiver.Auth.Tests.Users;

/// <summary>An account whose password somebody else chose: what it may do, what ends that, and what comes back.</summary>
public sealed class MustChangePasswordTests : IDisposable
{
    private const string Chosen = "my very own umbrella stand";

    private readonly AuthHarness host = new();

    public void Dispose() => host.Dispose();

    [Fact]
    [Trait("Requirement", "V6.2.2"), Trait("Requirement", "V6.4.1")]
    public async Task CreatedWithAPassword_AtTheFirstLogin_MayChangeItAndNothingElse()
    {
        var actor = await CreateAndLogInAsync();

        Assert.Equal((Role.Anony, true), (actor.Role, actor.MustChangePassword));
        var me = (await host.Account.GetAsync(actor)).Require().User;
        Assert.Equal((Role.Admin, true), (me.Role, me.MustChangePassword));
        Assert.Same(
            Refusals.PasswordChangeRequired, (await host.Tokens.CreateAsync(actor, new CreateTokenCommand { Name = "t" })).Refusal);
        Assert.Same(Refusals.PasswordChangeRequired, (await host.Account.UpdateAsync(actor, new() { DisplayName = "x" })).Refusal);
        Assert.Same(
            Refusals.PasswordChangeRequired, (await host.Users.ListAsync(actor, new UserQuery { Page = new PageRequest(1) })).Refusal);
        Assert.Equal("password_change_required", Refusals.PasswordChangeRequired.Reason);

        Assert.True((await host.Account.ChangePasswordAsync(actor, AuthHarness.Password, Chosen)).IsSuccess);

        var after = await NowAsync(actor);
        Assert.Equal((Role.Admin, false), (after.Role, after.MustChangePassword));
        Assert.False((await host.Account.GetAsync(after)).Require().User.MustChangePassword);
        (await host.Users.ListAsync(after, new UserQuery { Page = new PageRequest(1) })).Require();
    }

    [Fact]
    public async Task NewPassword_ThatIsTheCurrentOne_IsRefusedHoweverItIsTyped()
    {
        const string composed = "caf\u00e9 by the long river", decomposed = "cafe\u0301 by the long river";
        await host.AddUserAsync(Role.User, "alice");
        var actor = await host.LogInAsync("alice");

        ResultAssert.Faulty("NewPassword", await host.Account.ChangePasswordAsync(actor, AuthHarness.Password, AuthHarness.Password));
        Assert.True((await host.Account.ChangePasswordAsync(actor, AuthHarness.Password, composed)).IsSuccess);
        ResultAssert.Faulty("NewPassword", await host.Account.ChangePasswordAsync(actor, composed, decomposed));

        // Whoever does not know it learns nothing about it.
        ResultAssert.Faulty("CurrentPassword", await host.Account.ChangePasswordAsync(actor, Chosen, Chosen));
    }

    [Fact]
    public async Task Reset_OfAHeldAccount_NeedsAnotherPasswordAndEndsIt()
    {
        var user = (await CreateAsync("bob", mustChange: true)).User;
        var code = (await host.UserCredentials.CreateResetCodeAsync(Actor.Host, user.Id)).Require().Secret.Reveal();

        ResultAssert.Faulty("NewPassword", await host.Account.ResetPasswordAsync(code, AuthHarness.Password, new ClientInfo()));
        Assert.True((await host.ReadUserAsync(user.Id)).MustChangePassword);
        Assert.True((await host.Account.ResetPasswordAsync(code, Chosen, new ClientInfo())).IsSuccess);
        Assert.False((await host.ReadUserAsync(user.Id)).MustChangePassword);
    }

    [Fact]
    [Trait("Requirement", "V8.3.2")]
    public async Task RequiredOfAnExistingUser_SessionsAndTokens_RestUntilItIsChangedOrLifted()
    {
        var user = await host.AddUserAsync(Role.Operator, "carol");
        var login = (await host.Logins.LogInAsync("carol", AuthHarness.Password, new ClientInfo(AuthHarness.Address))).Require();
        var token = (await host.Tokens.CreateAsync(
            (await host.SessionActorAsync(login.Secret))!, new CreateTokenCommand { Name = "ci" })).Require();

        await RequireAsync(user, true);
        foreach (var held in new[] { await host.SessionActorAsync(login.Secret), await host.TokenActorAsync(token.Secret) })
        {
            Assert.Equal((Role.Anony, true, true), (held!.Role, held.MustChangePassword, held.IsAuthenticated));
            Assert.Same(Refusals.PasswordChangeRequired, (await host.Tokens.ListOwnAsync(held, new PageRequest(1))).Refusal);
        }

        var byToken = (await host.TokenActorAsync(token.Secret))!;
        Assert.Same(
            Refusals.PasswordChangeRequired,
            (await host.Account.ChangePasswordAsync(byToken, AuthHarness.Password, Chosen)).Refusal);

        await RequireAsync(user, false);
        Assert.Equal(Role.Operator, (await host.TokenActorAsync(token.Secret))!.Role);

        await RequireAsync(user, true);
        Assert.True((await host.Account.ChangePasswordAsync(
            (await host.SessionActorAsync(login.Secret))!, AuthHarness.Password, Chosen)).IsSuccess);
        Assert.Equal(Role.Operator, (await host.TokenActorAsync(token.Secret))!.Role);
        Assert.Equal(Role.Operator, (await host.SessionActorAsync(login.Secret))!.Role);
    }

    [Fact]
    public async Task Required_WhileARequestIsUnderWay_TheRequestChangesNothingMore()
    {
        var boss = await host.AddUserAsync(Role.Admin, "boss");
        await host.AddUserAsync(Role.Admin, "another");
        var before = await host.LogInAsync("boss");
        await RequireAsync(boss, true);

        var made = await host.Users.CreateAsync(
            before, new CreateUserCommand { Username = "made", Password = AuthHarness.Password, Role = Role.Admin });

        ResultAssert.Refused(RefusalKind.Forbidden, made);
        Assert.Null(await host.Stores.Users.FindPasswordAsync("made", default));
    }

    [Fact]
    public async Task SetPassword_WithAndWithoutTheRequirement_DecidesAnew()
    {
        var user = await host.AddUserAsync(Role.User, "dave");
        foreach (var mustChange in new[] { true, false, true })
        {
            Assert.True((await host.Users.SetPasswordAsync(Actor.Host, user.Id, AuthHarness.OtherPassword, mustChange)).IsSuccess);
            Assert.Equal(mustChange, (await host.ReadUserAsync(user.Id)).MustChangePassword);
        }

        Assert.Equal(
            ["must change it", null, "must change it"],
            (await host.ReadAuditAsync(AuditActions.UserSetPassword)).OrderBy(e => e.Id).Select(e => e.Detail));
    }

    [Fact]
    public async Task AccountWithoutAPassword_CannotBeToldToChangeIt()
    {
        ResultAssert.Faulty("MustChange", await host.Users.CreateAsync(
            Actor.Host, new CreateUserCommand { Username = "erin", WithoutPassword = true, MustChange = true, Role = Role.User }));
        ResultAssert.Faulty("MustChange", await host.Users.CreateWithCodeAsync(
            Actor.Host, new CreateUserCommand { Username = "erin", MustChange = true, Role = Role.User }));
        var made = (await host.Users.CreateWithCodeAsync(
            Actor.Host, new CreateUserCommand { Username = "erin", Role = Role.User })).Require();
        ResultAssert.Faulty("MustChangePassword", await host.Users.UpdateAsync(
            Actor.Host, new UpdateUserCommand { Id = made.User.User.Id, MustChangePassword = true }));
        Assert.False((await host.ReadUserAsync(made.User.User.Id)).MustChangePassword);
    }

    [Fact]
    public async Task CreatedWithACode_NobodyLogsInUntilTheCodeSetsAPassword()
    {
        ResultAssert.Faulty("Password", await host.Users.CreateWithCodeAsync(
            Actor.Host, new CreateUserCommand { Username = "frank", Password = AuthHarness.Password, Role = Role.User }));
        var made = (await host.Users.CreateWithCodeAsync(
            Actor.Host, new CreateUserCommand { Username = "frank", Role = Role.User })).Require();
        Assert.Equal(host.Now + TimeSpan.FromDays(7), made.Code.ExpiresAt);
        ResultAssert.Refused(RefusalKind.Unauthenticated, await host.Logins.LogInAsync("frank", Chosen, new ClientInfo()));

        var entry = Assert.Single(await host.ReadAuditAsync(AuditActions.UserCreate));
        Assert.Equal(("frank", "role user; with a one-use password link"), (entry.Target, entry.Detail));
        Assert.DoesNotContain(made.Code.Secret.Reveal(), entry.ToString(), StringComparison.Ordinal);

        Assert.True((await host.Account.ResetPasswordAsync(made.Code.Secret.Reveal(), Chosen, new ClientInfo())).IsSuccess);
        var login = (await host.Logins.LogInAsync("frank", Chosen, new ClientInfo())).Require();
        Assert.False(login.User.User.MustChangePassword);
    }

    [Fact]
    public async Task Changes_ManyAtOnce_OneIsMadeAndNobodyIsHeldAfterwards()
    {
        var actor = await CreateAndLogInAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(i =>
            Task.Run(() => host.Account.ChangePasswordAsync(actor, AuthHarness.Password, $"{Chosen} number {i}"))));

        Assert.Single(results, r => r.IsSuccess);
        Assert.All(results.Where(r => !r.IsSuccess), r => Assert.Contains(
            r.Refusal!.Kind, new[] { RefusalKind.Conflict, RefusalKind.Invalid, RefusalKind.Busy }));
        Assert.False((await host.ReadUserAsync(actor.Id!.Value)).MustChangePassword);
    }

    private async Task<Actor> CreateAndLogInAsync()
    {
        await host.AddUserAsync(Role.Admin, "root");
        await CreateAsync("alice", mustChange: true, Role.Admin);
        return await host.LogInAsync("alice");
    }

    private async Task<UserDetails> CreateAsync(string name, bool mustChange, Role role = Role.User) => (await host.Users.CreateAsync(
        Actor.Host,
        new CreateUserCommand { Username = name, Password = AuthHarness.Password, Role = role, MustChange = mustChange })).Require();

    private async Task RequireAsync(User user, bool required) => (await host.Users.UpdateAsync(
        Actor.Host, new UpdateUserCommand { Id = user.Id, MustChangePassword = required })).Require();

    private async Task<Actor> NowAsync(Actor before) => await host.LogInAsync(before.Username, Chosen);
}
