using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>Passwords changed, set and reset, and what ends with the old one.</summary>
[Subject("Passwords")]
internal sealed class PasswordCases : AccountCases
{
    [Case]
    public async Task ChangePassword_HashStillTheSame_KeepsThisSessionAndTheTokensOnly()
    {
        var user = await MakeUserAsync();
        var (kept, keptHash) = await MakeSessionAsync(user);
        var (_, ended) = await MakeSessionAsync(user);
        var (_, token) = await MakeTokenAsync(user);
        var code = await MakeCodeAsync(user);
        var bystander = await BystanderAsync();
        await Stores.Users.TryCountLoginAttemptAsync(user.Id, Policy, Now, Ct);

        var old = await PasswordHashAsync(user.Id);
        await WritesAsync(e => Stores.Accounts.TryChangePasswordAsync(user.Id, old, "new hash", kept.Id, e, Ct));
        Assert.Equal("new hash", await PasswordHashAsync(user.Id));
        Assert.NotNull(await Stores.Sessions.FindAsync(keptHash, Ct));
        Assert.Null(await Stores.Sessions.FindAsync(ended, Ct));
        Assert.NotNull(await Stores.Tokens.FindAsync(token, Ct));
        Assert.Null(await Stores.Codes.FindAsync(code.Hash, Ct));
        Assert.Equal(0, (await UserAsync(user.Id)).FailedLogins);
        await bystander();
    }

    [Case]
    public async Task ChangePassword_HashChangedMeanwhileOrUnknownUser_IsRefused()
    {
        var user = await MakeUserAsync();
        var (session, _) = await MakeSessionAsync(user);
        await MakeSessionAsync(user);
        await MakeCodeAsync(user);
        await LosesAsync(
            WriteStatus.Conflict, e => Stores.Accounts.TryChangePasswordAsync(user.Id, "another hash", "new hash", session.Id, e, Ct));
        await LosesAsync(
            WriteStatus.Conflict,
            e => Stores.Accounts.TryChangePasswordAsync(user.Id + 1000, "another hash", "new hash", session.Id, e, Ct));
    }

    [Case]
    public async Task ChangePassword_ManyAtOnce_OneWins()
    {
        var sets = await OpenTwoAsync();
        var user = await MakeUserAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var old = await PasswordHashAsync(user.Id);
            var entries = Enumerable.Range(0, Callers).Select(_ => Entry()).ToList();
            var won = await RaceAsync(sets, (set, i) =>
                set.Accounts.TryChangePasswordAsync(user.Id, old, $"hash {round}.{i}", 0, entries[i], Ct));
            Assert.Equal(1, won.Count(w => w == WriteStatus.Done));
            Assert.Equal(1, await CountAuditedAsync(entries));
            Assert.Equal($"hash {round}.{won.ToList().IndexOf(WriteStatus.Done)}", await PasswordHashAsync(user.Id));
        }
    }

    [Case]
    public async Task SetPassword_KnownUser_EndsEverythingAndUnlocks()
    {
        var user = await MakeUserAsync();
        var (_, session) = await MakeSessionAsync(user);
        var (parent, token) = await MakeTokenAsync(user);
        var (_, child) = await MakeTokenAsync(user, parentId: parent.Id);
        var code = await MakeCodeAsync(user);
        var bystander = await BystanderAsync();
        await LockAsync(user);

        await WritesAsync(e => Stores.Accounts.TrySetPasswordAsync(user.Id, "new hash", false, e, Ct));
        Assert.Equal("new hash", await PasswordHashAsync(user.Id));
        Assert.Null(await Stores.Sessions.FindAsync(session, Ct));
        Assert.Null(await Stores.Tokens.FindAsync(token, Ct));
        Assert.Null(await Stores.Tokens.FindAsync(child, Ct));
        Assert.Null(await Stores.Codes.FindAsync(code.Hash, Ct));
        var stored = await UserAsync(user.Id);
        Assert.Equal(0, stored.FailedLogins);
        Assert.Null(stored.LockedUntil);
        await bystander();
    }

    [Case]
    public async Task SetPassword_UnknownUser_IsRefused()
    {
        var user = await MakeUserAsync();
        await LosesAsync(WriteStatus.NotFound, e => Stores.Accounts.TrySetPasswordAsync(user.Id + 1000, "new hash", false, e, Ct));
    }

    [Case]
    public async Task ResetPassword_WithItsCode_EndsEverythingAndUsesTheCodeUp()
    {
        var user = await MakeUserAsync();
        var (_, session) = await MakeSessionAsync(user);
        var (_, token) = await MakeTokenAsync(user);
        var bystander = await BystanderAsync();
        await LockAsync(user);
        var code = await MakeCodeAsync(user);

        var reset = await WritesAsync(e => Stores.Accounts.TryResetPasswordAsync(code.Hash, "new hash", Now, e, Ct));
        Assert.Equal(await UserAsync(user.Id), reset);
        Assert.Equal((user.Id, 0, null), (reset.Id, reset.FailedLogins, reset.LockedUntil));
        Assert.Equal("new hash", await PasswordHashAsync(user.Id));
        Assert.Null(await Stores.Sessions.FindAsync(session, Ct));
        Assert.Null(await Stores.Tokens.FindAsync(token, Ct));
        Assert.Null(await Stores.Codes.FindAsync(code.Hash, Ct));
        await bystander();
    }

    [Case]
    public async Task MustChange_OnceSet_LastsUntilAnotherPasswordIsChosen()
    {
        var made = await WritesAsync(
            e => Stores.Accounts.TryCreateUserAsync(DraftUser("held") with { MustChangePassword = true }, e, Ct), u => u.User.Id);
        Assert.True(made.User.MustChangePassword);
        var user = await UserAsync(made.User.Id);
        Assert.Equal(made.User, user);

        // Whatever tells who somebody is says so: logins, credentials, lists.
        var draft = DraftSession();
        var login = await WritesAsync(e => Stores.Accounts.TryLogInAsync(user.Id, DraftUser("held").PasswordHash, draft, e, Ct));
        Assert.True(login.User.User.MustChangePassword);
        var (_, token) = await MakeTokenAsync(user);
        Assert.Equal([true, true], await SaysAsync());
        Assert.True((await Stores.Users.FindPasswordAsync("held", Ct))?.User.MustChangePassword);

        await WritesAsync(e => Stores.Accounts.TryUpdateUserAsync(user.Id, new UserChange { DisplayName = "x" }, Now, e, Ct));
        Assert.Equal([true, true], await SaysAsync());

        // The change itself is made by one who may do nothing else.
        var self = ActingVerbs.By(user, ActorKind.Session, login.Session.Id) with { Role = Role.Anony };
        await WritesAsync(e => Stores.Accounts.TryChangePasswordAsync(
            user.Id, DraftUser("held").PasswordHash, "chosen", login.Session.Id, AuthorizedWrite.By(self, e.Audit), Ct));
        Assert.Equal([false, false], await SaysAsync());

        foreach (var required in new[] { true, false, true })
        {
            var changed = await WritesAsync(
                e => Stores.Accounts.TryUpdateUserAsync(user.Id, new UserChange { MustChangePassword = required }, Now, e, Ct));
            Assert.Equal(required, changed.User.MustChangePassword);
            Assert.Equal([required, required], await SaysAsync());
        }

        await WritesAsync(e => Stores.Accounts.TrySetPasswordAsync(user.Id, "set", false, e, Ct));
        Assert.False((await UserAsync(user.Id)).MustChangePassword);
        await WritesAsync(e => Stores.Accounts.TrySetPasswordAsync(user.Id, "set again", true, e, Ct));
        Assert.True((await UserAsync(user.Id)).MustChangePassword);
        var code = await MakeCodeAsync(user);
        Assert.False((await WritesAsync(
            e => Stores.Accounts.TryResetPasswordAsync(code.Hash, "chosen by link", Now, e, Ct))).MustChangePassword);
        Assert.False((await UserAsync(user.Id)).MustChangePassword);

        async Task<bool?[]> SaysAsync() =>
        [
            (await Stores.Sessions.FindAsync(draft.Hash, Ct))?.User.MustChangePassword,
            (await Stores.Tokens.FindAsync(token, Ct))?.User.MustChangePassword,
        ];
    }

    [Case]
    public async Task CreateUser_WithACode_SetsTheFirstPasswordByIt()
    {
        var code = new NewPasswordCode { Hash = NextHash(), ExpiresAt = Now.AddDays(7) };
        var draft = DraftUser("invited") with { PasswordHash = PasswordRecord.NoPassword, PasswordCode = code };
        var made = await WritesAsync(e => Stores.Accounts.TryCreateUserAsync(draft, e, Ct), u => u.User.Id);
        Assert.Equal(
            new OneUseCode
            {
                Hash = code.Hash,
                Purpose = CodePurpose.PasswordReset,
                User = new UserRef(made.User.Id, "invited"),
                ExpiresAt = Instants.Cut(code.ExpiresAt),
            },
            await Stores.Codes.FindAsync(code.Hash, Ct));

        // The other ways to the same row: a name that is taken leaves no code, a later code replaces this one.
        var second = code with { Hash = NextHash() };
        await LosesAsync(
            WriteStatus.NameTaken, e => Stores.Accounts.TryCreateUserAsync(draft with { PasswordCode = second }, e, Ct));
        Assert.Null(await Stores.Codes.FindAsync(second.Hash, Ct));
        await WritesAsync(e => Stores.Accounts.TryResetPasswordAsync(code.Hash, "chosen", Now, e, Ct));
        Assert.Null(await Stores.Codes.FindAsync(code.Hash, Ct));
        Assert.Equal("chosen", await PasswordHashAsync(made.User.Id));
    }

    [Case]
    public async Task ResetPassword_UnknownUsedExpiredOrOfAnotherPurpose_IsLost()
    {
        var user = await MakeUserAsync();
        var setup = await MakeCodeAsync();
        await LosesAsync(WriteStatus.CodeClosed, e => Stores.Accounts.TryResetPasswordAsync(NextHash(), "new hash", Now, e, Ct));
        await LosesAsync(WriteStatus.CodeClosed, e => Stores.Accounts.TryResetPasswordAsync(setup.Hash, "new hash", Now, e, Ct));

        var code = await MakeCodeAsync(user);
        await LosesAsync(WriteStatus.CodeClosed, e => Stores.Accounts.TryResetPasswordAsync(code.Hash, "new hash", code.ExpiresAt, e, Ct));
        await WritesAsync(e => Stores.Accounts.TryResetPasswordAsync(code.Hash, "new hash", code.ExpiresAt.AddMicroseconds(-1), e, Ct));
        await LosesAsync(WriteStatus.CodeClosed, e => Stores.Accounts.TryResetPasswordAsync(code.Hash, "newer hash", Now, e, Ct));
    }

    [Case]
    public async Task ResetPassword_ManyAtOnce_OneWins()
    {
        var sets = await OpenTwoAsync();
        var user = await MakeUserAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var code = await MakeCodeAsync(user);
            var now = Now;
            var entries = Enumerable.Range(0, Callers).Select(_ => Entry()).ToList();
            var results = await RaceAsync(sets, async (set, i) =>
                (await set.Accounts.TryResetPasswordAsync(code.Hash, $"hash {round}.{i}", now, entries[i], Ct)).Status);
            AssertWinners(1, WriteStatus.CodeClosed, results);
            Assert.Equal(1, await CountAuditedAsync(entries));
            Assert.Equal($"hash {round}.{results.ToList().IndexOf(WriteStatus.Done)}", await PasswordHashAsync(user.Id));
        }
    }
}
