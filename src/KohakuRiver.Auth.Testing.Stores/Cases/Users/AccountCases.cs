using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>Shared by the cases of <see cref="IAccountStore"/>.</summary>
internal abstract class AccountCases : StoreCases
{
    /// <summary>Changes the user, which is done and audited.</summary>
    internal Task<UserDetails> ChangeAsync(User user, UserChange change) =>
        WritesAsync(e => Stores.Accounts.TryUpdateUserAsync(user.Id, change, Now, e, Ct));

    /// <summary>The result and the stored rows match the session requested.</summary>
    internal async Task AssertLoggedInAsync(AccountLogin login, NewSession session)
    {
        var id = login.User.User.Id;
        Assert.True(login.Session.Id > 0);
        Assert.Equal(
            new Session
            {
                Id = login.Session.Id,
                UserId = id,
                CreatedAt = session.CreatedAt,
                LastSeenAt = session.CreatedAt,
                ExpiresAt = session.ExpiresAt,
                IpAddress = session.IpAddress,
                UserAgent = session.UserAgent,
            },
            login.Session);
        Assert.Equal(session.CreatedAt, login.User.User.LastLoginAt);
        var record = await Stores.Sessions.FindAsync(session.Hash, Ct);
        Assert.Equal(login.Session, record?.Session);
        Assert.Equal(login.User.User, record?.User);
        Assert.Equal(login.User.User, await UserAsync(id));
        Assert.Contains(login.Session, await Stores.Sessions.ListAsync(id, Now, Ct));
        Assert.Equal((await Stores.Users.FindDetailsAsync(id, session.CreatedAt, Ct))?.ActiveSessions, login.User.ActiveSessions);
    }

    /// <summary>Another user with a session, a token, a reset code and a lock; the check asserts that all of it still exists.</summary>
    internal async Task<Func<Task>> BystanderAsync()
    {
        var other = await MakeUserAsync();
        var (_, session) = await MakeSessionAsync(other);
        var (_, token) = await MakeTokenAsync(other);
        var code = await MakeCodeAsync(other);
        var setup = await MakeCodeAsync();
        await LockAsync(other);
        var stored = await Stores.Users.FindPasswordAsync(other.Id, Ct);
        return async () =>
        {
            Assert.Equal(stored, await Stores.Users.FindPasswordAsync(other.Id, Ct));
            Assert.NotNull(await Stores.Sessions.FindAsync(session, Ct));
            Assert.NotNull(await Stores.Tokens.FindAsync(token, Ct));
            Assert.NotNull(await Stores.Codes.FindAsync(code.Hash, Ct));
            Assert.NotNull(await Stores.Codes.FindAsync(setup.Hash, Ct));
        };
    }
}
