using System.Globalization;
using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>What <see cref="IUserStore"/> promises.</summary>
[Subject("Users")]
internal sealed class UserCases : StoreCases
{
    [Case]
    public async Task Find_NewUser_GivesWhatWasWritten()
    {
        var draft = DraftUser("Ada.Lovelace-1", Role.Operator);
        var made = await WritesAsync(e => Stores.Accounts.TryCreateUserAsync(draft, e, Ct), u => u.User.Id);
        var expected = new User
        {
            Id = made.User.Id,
            Username = "Ada.Lovelace-1",
            DisplayName = draft.DisplayName,
            Role = Role.Operator,
            IsActive = true,
            CreatedAt = draft.CreatedAt,
        };
        Assert.Equal(expected, made.User);
        Assert.Equal(expected, await Stores.Users.FindAsync(made.User.Id, Ct));
        Assert.Equal(new PasswordRecord(expected, draft.PasswordHash), await Stores.Users.FindPasswordAsync(made.User.Id, Ct));
        Assert.Equal(new PasswordRecord(expected, draft.PasswordHash), await Stores.Users.FindPasswordAsync("Ada.Lovelace-1", Ct));
        Assert.Equal(TimeSpan.Zero, (await UserAsync(made.User.Id)).CreatedAt.Offset);
    }

    [Case]
    public async Task Find_Unknown_GivesNull()
    {
        var user = await MakeUserAsync();
        Assert.Null(await Stores.Users.FindAsync(user.Id + 1000, Ct));
        Assert.Null(await Stores.Users.FindAsync(0, Ct));
        Assert.Null(await Stores.Users.FindAsync(-1, Ct));
        Assert.Null(await Stores.Users.FindDetailsAsync(user.Id + 1000, Now, Ct));
        Assert.Null(await Stores.Users.FindPasswordAsync(user.Id + 1000, Ct));
        Assert.Null(await Stores.Users.FindPasswordAsync("nobody", Ct));
    }

    [Case]
    public async Task FindPassword_OtherCase_FindsTheUser()
    {
        var user = await MakeUserAsync("MiXed.Case");
        foreach (var name in new[] { "mixed.case", "MIXED.CASE", "mIxED.cASE" })
        {
            Assert.Equal(user, (await Stores.Users.FindPasswordAsync(name, Ct))?.User);
        }
    }

    [Case]
    public async Task FindPassword_TurkishCulture_StillIgnoresCase()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            // Upper and lower case i do not match in Turkish, so a store that folds by culture loses this user.
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
            var user = await MakeUserAsync("KIRILIM.ini");
            Assert.Equal(user, (await Stores.Users.FindPasswordAsync("kirilim.INI", Ct))?.User);
            await LosesAsync(WriteStatus.NameTaken, e => Stores.Accounts.TryCreateUserAsync(DraftUser("kirilim.INI"), e, Ct));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Case]
    public async Task FindPassword_NearlyTheName_GivesNull()
    {
        await MakeUserAsync("river");
        foreach (var name in new[] { "rive", "rivers", " river", "river ", "r%", "r_ver", "riv\u00e9r", "" })
        {
            Assert.Null(await Stores.Users.FindPasswordAsync(name, Ct));
        }
    }

    [Case]
    public async Task FindDetails_UserInGroups_ListsThemByNameAndCountsLivingSessions()
    {
        var b = await MakeGroupAsync("beta");
        var c = await MakeGroupAsync("Gamma");
        var a = await MakeGroupAsync("Alpha");
        await MakeGroupAsync("Other");
        var user = await MakeUserAsync(null, Role.User, b.Id, c.Id, a.Id);
        var end = Now.AddHours(1);
        await MakeSessionAsync(user, DraftSession(end));
        await MakeSessionAsync(user, DraftSession(end.AddMicroseconds(1)));
        await MakeSessionAsync(await MakeUserAsync());

        var details = await Stores.Users.FindDetailsAsync(user.Id, end, Ct);
        Assert.NotNull(details);
        Assert.Equal(["Alpha", "beta", "Gamma"], details.Groups.Select(g => g.Name));
        Assert.Equal([a.Id, b.Id, c.Id], details.Groups.Select(g => g.Id));
        Assert.Equal(await UserAsync(user.Id), details.User);
        Assert.Equal(1, details.ActiveSessions);
        Assert.Equal(2, (await Stores.Users.FindDetailsAsync(user.Id, end.AddMicroseconds(-1), Ct))?.ActiveSessions);
    }

    [Case]
    public async Task Any_AsUsersCome_SaysSo()
    {
        Assert.False(await Stores.Users.AnyAsync(Ct));
        Assert.False(await Stores.Users.AnyAdminAsync(Ct));
        await MakeUserAsync(null, Role.Operator);
        Assert.True(await Stores.Users.AnyAsync(Ct));
        Assert.False(await Stores.Users.AnyAdminAsync(Ct));
        await MakeUserAsync(null, Role.Admin);
        Assert.True(await Stores.Users.AnyAdminAsync(Ct));
    }

    [Case]
    public async Task Rehash_HashUnchanged_ReplacesItWithoutAudit()
    {
        var user = await MakeUserAsync();
        var old = await PasswordHashAsync(user.Id);
        await WritesNoAuditAsync(async () => Assert.True(await Stores.Users.TryRehashAsync(user.Id, old, "newer form", Ct)));
        Assert.Equal(new PasswordRecord(user, "newer form"), await Stores.Users.FindPasswordAsync(user.Id, Ct));
    }

    [Case]
    public async Task Rehash_HashChangedMeanwhileOrUnknownUser_IsRefused()
    {
        var user = await MakeUserAsync();
        await RefusesAsync(() => Stores.Users.TryRehashAsync(user.Id, "another hash", "newer form", Ct));
        await RefusesAsync(async () =>
            await Stores.Users.TryRehashAsync(user.Id, (await PasswordHashAsync(user.Id)).ToUpperInvariant(), "newer form", Ct));
        await RefusesAsync(() => Stores.Users.TryRehashAsync(user.Id + 1000, "another hash", "newer form", Ct));
    }

    [Case]
    public async Task Rehash_ManyAtOnce_OneWins()
    {
        var sets = await OpenTwoAsync();
        var user = await MakeUserAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var old = await PasswordHashAsync(user.Id);
            var won = await RaceAsync(sets, (set, i) => set.Users.TryRehashAsync(user.Id, old, $"form {round}.{i}", Ct));
            Assert.Equal(1, won.Count(w => w));
            Assert.Equal($"form {round}.{won.ToList().IndexOf(true)}", await PasswordHashAsync(user.Id));
        }
    }

    [Case]
    public async Task Rehash_AgainstASetPassword_NeverBringsTheOldPasswordBack()
    {
        var sets = await OpenTwoAsync();
        var user = await MakeUserAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var old = await PasswordHashAsync(user.Id);
            await RaceAsync(sets, async (set, i) => i == 1
                ? await set.Accounts.TrySetPasswordAsync(user.Id, $"new password {round}", false, Entry(), Ct) == WriteStatus.Done
                : await set.Users.TryRehashAsync(user.Id, old, "old password's newer form", Ct));
            Assert.Equal($"new password {round}", await PasswordHashAsync(user.Id));
        }
    }
}
