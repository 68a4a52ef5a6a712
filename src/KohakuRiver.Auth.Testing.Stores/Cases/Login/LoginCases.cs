using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>Logging in: the session that begins and those that end.</summary>
[Subject("Login")]
internal sealed class LoginCases : AccountCases
{
    [Case]
    public async Task LogIn_HashStillTheSame_MakesASessionAndUnlocks()
    {
        var group = await MakeGroupAsync();
        var user = await MakeUserAsync(null, Role.User, group.Id);
        await LockAsync(user);
        var session = DraftSession();
        var hash = await PasswordHashAsync(user.Id);
        var login = await WritesAsync(e => Stores.Accounts.TryLogInAsync(user.Id, hash, session, e, Ct));
        await AssertLoggedInAsync(login, session);
        Assert.Equal(user with { LastLoginAt = session.CreatedAt }, login.User.User);
        Assert.Equal([new GroupRef(group.Id, group.Name)], login.User.Groups);
        Assert.Equal(1, login.User.ActiveSessions);
    }

    [Case]
    public async Task LogIn_HashChangedDisabledOrGone_IsLost()
    {
        var user = await MakeUserAsync();
        var hash = await PasswordHashAsync(user.Id);
        await LosesAsync(WriteStatus.Conflict, e => Stores.Accounts.TryLogInAsync(user.Id, "another hash", DraftSession(), e, Ct));
        await LosesAsync(WriteStatus.Conflict, e => Stores.Accounts.TryLogInAsync(user.Id, hash.ToUpperInvariant(), DraftSession(), e, Ct));
        await LosesAsync(WriteStatus.Conflict, e => Stores.Accounts.TryLogInAsync(user.Id + 1000, hash, DraftSession(), e, Ct));
        await ChangeAsync(user, new UserChange { IsActive = false });
        await LosesAsync(WriteStatus.Conflict, e => Stores.Accounts.TryLogInAsync(user.Id, hash, DraftSession(), e, Ct));
    }

    [Case]
    public async Task LogIn_Lost_EndsNoReplacedSession()
    {
        var user = await MakeUserAsync();
        var (_, old) = await MakeSessionAsync(user);
        await LosesAsync(
            WriteStatus.Conflict, e => Stores.Accounts.TryLogInAsync(user.Id, "another hash", DraftSession(replaces: old), e, Ct));
        Assert.NotNull(await Stores.Sessions.FindAsync(old, Ct));
    }

    [Case]
    public async Task LogIn_ReplacingASession_EndsItWhoseverItIs()
    {
        var user = await MakeUserAsync();
        var (_, own) = await MakeSessionAsync(user);
        var (_, others) = await MakeSessionAsync(await MakeUserAsync());
        var (_, kept) = await MakeSessionAsync(user);
        await MakeSessionAsync(user, DraftSession(replaces: own));
        await MakeSessionAsync(user, DraftSession(replaces: others));
        await MakeSessionAsync(user, DraftSession(replaces: NextHash()));
        Assert.Null(await Stores.Sessions.FindAsync(own, Ct));
        Assert.Null(await Stores.Sessions.FindAsync(others, Ct));
        Assert.NotNull(await Stores.Sessions.FindAsync(kept, Ct));
    }

    [Case]
    public async Task LogIn_OverTheLimit_EndsTheOldestOfTheUser()
    {
        var user = await MakeUserAsync();
        var other = await MakeUserAsync();
        var (_, others) = await MakeSessionAsync(other);
        var (_, first) = await MakeSessionAsync(user, DraftSession(limit: 3));
        var (_, second) = await MakeSessionAsync(user, DraftSession(limit: 3));
        var (third, _) = await MakeSessionAsync(user, DraftSession(limit: 3));
        Assert.NotNull(await Stores.Sessions.FindAsync(first, Ct));

        var (fourth, _) = await MakeSessionAsync(user, DraftSession(limit: 3));
        Assert.Null(await Stores.Sessions.FindAsync(first, Ct));
        Assert.NotNull(await Stores.Sessions.FindAsync(second, Ct));

        // The limit may have been lowered in the meantime: all sessions over it end.
        var (fifth, _) = await MakeSessionAsync(user, DraftSession(limit: 2));
        Assert.Equal([fifth.Id, fourth.Id], (await Stores.Sessions.ListAsync(user.Id, Now, Ct)).Select(s => s.Id));
        Assert.NotNull(await Stores.Sessions.FindAsync(others, Ct));
        Assert.NotEqual(third.Id, fourth.Id);
    }

    [Case]
    public async Task LogIn_ReplacingAtTheLimit_EndsNoOther()
    {
        var user = await MakeUserAsync();
        var (first, _) = await MakeSessionAsync(user, DraftSession(limit: 2));
        var (_, replaced) = await MakeSessionAsync(user, DraftSession(limit: 2));
        var (third, _) = await MakeSessionAsync(user, DraftSession(limit: 2, replaces: replaced));
        Assert.Equal([third.Id, first.Id], (await Stores.Sessions.ListAsync(user.Id, Now, Ct)).Select(s => s.Id));
    }

    [Case]
    public async Task LogIn_ManyAtOnce_TheLimitHolds()
    {
        var sets = await OpenTwoAsync();
        var user = await MakeUserAsync();
        var hash = await PasswordHashAsync(user.Id);
        for (var round = 0; round < Rounds; round++)
        {
            var results = await RaceAsync(sets, async (set, _) =>
                (await set.Accounts.TryLogInAsync(user.Id, hash, DraftSession(limit: 4), Entry(), Ct)).Status);
            AssertWinners(Callers, WriteStatus.Done, results);
            Assert.Equal(4, (await Stores.Sessions.ListAsync(user.Id, DateTimeOffset.UnixEpoch, Ct)).Count);
        }
    }

    [Case]
    public async Task LogIn_AgainstDisabling_LeavesNoSession()
    {
        var sets = await OpenTwoAsync();
        var user = await MakeUserAsync();
        var hash = await PasswordHashAsync(user.Id);
        for (var round = 0; round < Rounds; round++)
        {
            await RaceAsync(sets, async (set, i) => i == 3
                ? (await set.Accounts.TryUpdateUserAsync(user.Id, new UserChange { IsActive = false }, Now, Entry(), Ct)).Status
                : (await set.Accounts.TryLogInAsync(user.Id, hash, DraftSession(), Entry(), Ct)).Status);
            Assert.Empty(await Stores.Sessions.ListAsync(user.Id, DateTimeOffset.UnixEpoch, Ct));
            await ChangeAsync(user, new UserChange { IsActive = true });
            Assert.Empty(await Stores.Sessions.ListAsync(user.Id, DateTimeOffset.UnixEpoch, Ct));
        }
    }

    [Case]
    public async Task LogIn_WithTheOldPasswordAgainstASetPassword_LeavesNoSession()
    {
        var sets = await OpenTwoAsync();
        var user = await MakeUserAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var hash = await PasswordHashAsync(user.Id);
            var done = await RaceAsync(sets, async (set, i) => i == 3
                ? await set.Accounts.TrySetPasswordAsync(user.Id, "password " + NextNumber(), false, Entry(), Ct) == WriteStatus.Done
                : (await set.Accounts.TryLogInAsync(user.Id, hash, DraftSession(), Entry(), Ct)).IsDone);
            Assert.True(done[3]);
            Assert.Empty(await Stores.Sessions.ListAsync(user.Id, DateTimeOffset.UnixEpoch, Ct));
        }
    }
}
