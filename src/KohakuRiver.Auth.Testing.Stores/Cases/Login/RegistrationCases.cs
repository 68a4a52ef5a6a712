using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>Registering, and the first admin.</summary>
[Subject("Registration")]
internal sealed class RegistrationCases : AccountCases
{
    [Case]
    public async Task Register_NameFree_MakesUserAndSession()
    {
        var draft = DraftUser(null, Role.Viewer);
        var session = DraftSession();
        var login = await WritesAsync(e => Stores.Accounts.TryRegisterAsync(draft, session, e, Ct), l => l.User.User.Id);
        await AssertLoggedInAsync(login, session);
        Assert.Equal(draft.Username, login.User.User.Username);
        Assert.Equal(Role.Viewer, login.User.User.Role);
        Assert.Equal(draft.PasswordHash, await PasswordHashAsync(login.User.User.Id));
    }

    [Case]
    public async Task Register_NameTaken_MakesNoSession()
    {
        var user = await MakeUserAsync("Taken");
        var session = DraftSession();
        await LosesAsync(WriteStatus.NameTaken, e => Stores.Accounts.TryRegisterAsync(DraftUser("tAKEN"), session, e, Ct));
        Assert.Null(await Stores.Sessions.FindAsync(session.Hash, Ct));
        Assert.Empty(await Stores.Sessions.ListAsync(user.Id, Now, Ct));
    }

    [Case]
    public async Task Register_ReplacingASession_EndsThatOne()
    {
        var (_, old) = await MakeSessionAsync(await MakeUserAsync());
        await WritesAsync(e => Stores.Accounts.TryRegisterAsync(DraftUser(), DraftSession(replaces: old), e, Ct));
        Assert.Null(await Stores.Sessions.FindAsync(old, Ct));
    }

    [Case]
    public async Task RegisterFirstAdmin_NoAdminYet_MakesAnAdminAndASession()
    {
        await MakeUserAsync(null, Role.Operator);
        var session = DraftSession();
        var login = await WritesAsync(
            e => Stores.Accounts.TryRegisterFirstAdminAsync(DraftUser(null, Role.Admin), null, session, e, Ct), l => l.User.User.Id);
        await AssertLoggedInAsync(login, session);
        Assert.Equal(Role.Admin, login.User.User.Role);
        Assert.True(await Stores.Users.AnyAdminAsync(Ct));
    }

    [Case]
    public async Task RegisterFirstAdmin_AdminExists_IsLostAndKeepsTheCode()
    {
        await MakeUserAsync(null, Role.Admin);
        var code = await MakeCodeAsync();
        await LosesAsync(
            WriteStatus.AdminExists,
            e => Stores.Accounts.TryRegisterFirstAdminAsync(DraftUser(null, Role.Admin), null, DraftSession(), e, Ct));
        await LosesAsync(
            WriteStatus.AdminExists,
            e => Stores.Accounts.TryRegisterFirstAdminAsync(DraftUser(null, Role.Admin), code.Hash, DraftSession(), e, Ct));
        Assert.NotNull(await Stores.Codes.FindAsync(code.Hash, Ct));
    }

    [Case]
    public async Task RegisterFirstAdmin_WithTheSetupCode_UsesItUp()
    {
        var code = await MakeCodeAsync();
        await WritesAsync(e => Stores.Accounts.TryRegisterFirstAdminAsync(DraftUser(null, Role.Admin), code.Hash, DraftSession(), e, Ct));
        Assert.Null(await Stores.Codes.FindAsync(code.Hash, Ct));
    }

    [Case]
    public async Task RegisterFirstAdmin_CodeUnknownExpiredOrOfAnotherPurpose_IsLost()
    {
        var draft = DraftUser(null, Role.Admin);
        var expired = await MakeCodeAsync(null, draft.CreatedAt);
        var reset = await MakeCodeAsync(await MakeUserAsync());
        foreach (var hash in new[] { NextHash(), expired.Hash, reset.Hash })
        {
            await LosesAsync(
                WriteStatus.CodeClosed,
                e => Stores.Accounts.TryRegisterFirstAdminAsync(draft, hash, DraftSession() with { CreatedAt = draft.CreatedAt }, e, Ct));
        }
    }

    [Case]
    public async Task RegisterFirstAdmin_NameTaken_KeepsTheCode()
    {
        await MakeUserAsync("root.of.all");
        var code = await MakeCodeAsync();
        await LosesAsync(
            WriteStatus.NameTaken,
            e => Stores.Accounts.TryRegisterFirstAdminAsync(DraftUser("ROOT.of.all", Role.Admin), code.Hash, DraftSession(), e, Ct));
        await WritesAsync(e => Stores.Accounts.TryRegisterFirstAdminAsync(DraftUser(null, Role.Admin), code.Hash, DraftSession(), e, Ct));
    }

    [Case(false)]
    [Case(true)]
    public async Task RegisterFirstAdmin_ManyAtOnce_OneWins(bool withCode)
    {
        var sets = await OpenTwoAsync();
        var code = withCode ? await MakeCodeAsync() : null;
        var entries = Enumerable.Range(0, Callers).Select(_ => Entry()).ToList();
        var results = await RaceAsync(sets, async (set, i) =>
            (await set.Accounts.TryRegisterFirstAdminAsync(
                DraftUser(null, Role.Admin), code?.Hash, DraftSession(), entries[i], Ct)).Status);
        Assert.Equal(1, results.Count(r => r == WriteStatus.Done));
        Assert.All(
            results, r => Assert.True(r is WriteStatus.Done or WriteStatus.AdminExists or WriteStatus.CodeClosed, $"Lost with {r}."));
        Assert.Equal(1, await CountAuditedAsync(entries));
        Assert.Equal(1, (await Stores.Users.ListAsync(new UserQuery { Page = new PageRequest(50) }, Now, Ct)).Total);
    }
}
