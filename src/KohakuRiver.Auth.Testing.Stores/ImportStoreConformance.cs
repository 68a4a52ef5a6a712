using System.Globalization;
using System.Security.Cryptography;
using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>What <see cref="IImportStore"/> promises.</summary>
public abstract class ImportStoreConformance : StoreConformance
{
    [Fact]
    public async Task Import_AccountsWithAllThatBelongsToThem_GivesWhatWasPlanned()
    {
        var there = await MakeGroupAsync("There");
        var token = DraftImportedToken();
        var plan = Plan() with
        {
            Groups = [DraftGroup("Lab")],
            Accounts =
            [
                Account("ann", Role.Admin) with { Groups = ["lab", "There"], Tokens = [token], Vps = [new ImportedVps("vps-a", Tick())] },
                Account("ben", Role.Viewer) with { IsActive = false },
            ],
            Invitations = [Invitation("ANN", "LAB") with { MaxUses = 5, Uses = 2 }, Invitation(null, null)],
        };

        await WritesAsync(entry => Stores.Imports.TryImportAsync(plan, entry, Ct));

        var ann = (await Stores.Users.FindPasswordAsync("Ann", Ct))!;
        Assert.Equal((plan.Accounts[0].PasswordHash, Role.Admin, true), (ann.PasswordHash, ann.User.Role, ann.User.IsActive));
        Assert.Equal((plan.Accounts[0].CreatedAt, null), (ann.User.CreatedAt, ann.User.LastLoginAt));
        Assert.False((await Stores.Users.FindPasswordAsync("ben", Ct))!.User.IsActive);
        Assert.Equal(["Lab", "There"], (await Stores.Groups.ListOfUserAsync(ann.User.Id, Ct)).Select(g => g.Name));
        Assert.True(await Stores.VpsAssignments.IsAssignedAsync("vps-a", ann.User.Id, Ct));
        var found = (await Stores.Tokens.FindAsync(token.Hash, Ct))!;
        Assert.Equal((ann.User.Id, token.Name, token.Prefix), (found.User.Id, found.Token!.Name, found.Token.Prefix));
        Assert.Equal((token.CreatedAt, token.LastUsedAt, token.ExpiresAt), (found.Token.CreatedAt, found.Token.LastUsedAt, found.Token.ExpiresAt));
        Assert.Contains(there.Id, found.GroupIds);
        var invitation = (await Stores.Invitations.FindAsync(plan.Invitations[0].Hash, Ct))!;
        Assert.Equal((5, 2, "Lab", ann.User.Id), (invitation.MaxUses, invitation.Uses, invitation.Group!.Name, invitation.CreatedById));
        Assert.Null((await Stores.Invitations.FindAsync(plan.Invitations[1].Hash, Ct))!.CreatedById);
        Assert.True(await Stores.Users.AnyAdminAsync(Ct));
    }

    [Fact]
    public async Task Read_AfterAnImport_FindsWhatIsThereAndTheMarksOfWhatIsGone()
    {
        var token = DraftImportedToken();
        var plan = Plan() with
        {
            Groups = [DraftGroup("Lab")],
            Accounts = [Account("ann") with { Groups = ["Lab"], Tokens = [token], Vps = [new ImportedVps("vps-a", Tick())] }, Account("ben")],
            Invitations = [Invitation("ann", null)],
        };
        Assert.Equal(WriteStatus.Done, await Stores.Imports.TryImportAsync(plan, Entry(), Ct));
        var ann = (await Stores.Users.FindPasswordAsync("ann", Ct))!.User;
        var ben = (await Stores.Users.FindPasswordAsync("ben", Ct))!.User;
        Done(await Stores.Accounts.TryDeleteUserAsync(ben.Id, Entry(), Ct));
        var lab = Assert.Single((await Stores.Groups.ListAsync(new PageRequest(10), Ct)).Items);

        var state = await (await OpenAnotherAsync()).Imports.ReadAsync(Asked(plan), Ct);

        Assert.Equal([new UserRef(ann.Id, "ann")], state.Users);
        Assert.Equal([new GroupRef(lab.Id, "Lab")], state.Groups);
        Assert.Equal([token.Hash], state.Tokens);
        Assert.Equal([plan.Invitations[0].Hash], state.Invitations);
        Assert.Equal([(ann.Id, lab.Id)], state.Memberships);
        Assert.Equal([(ann.Id, "vps-a")], state.VpsAssignments);
        Assert.Equal(plan.Marks().Order(ByText), state.Marks.Order(ByText));
    }

    [Fact]
    public async Task Read_OfKeysThatAreNotThere_GivesNothing()
    {
        var user = await MakeUserAsync("somebody");
        await MakeTokenAsync(user);
        await MakeInvitationAsync();
        await MakeGroupAsync("Some group");

        var state = await Stores.Imports.ReadAsync(Asked(Plan() with { Groups = [DraftGroup("Lab")], Accounts = [Account("ann") with { Tokens = [DraftImportedToken()] }], Invitations = [Invitation(null, null)] }), Ct);

        Assert.Equal(0, state.Users.Count + state.Groups.Count + state.Tokens.Count + state.Invitations.Count + state.Memberships.Count + state.VpsAssignments.Count + state.Marks.Count);
    }

    [Fact]
    public async Task Import_SomethingOfItThere_IsLostAndChangesNothing()
    {
        var there = Plan() with
        {
            Groups = [DraftGroup("Lab")],
            Accounts = [Account("ann") with { Tokens = [DraftImportedToken()] }, Account("gone")],
            Invitations = [Invitation(null, null)],
        };
        Assert.Equal(WriteStatus.Done, await Stores.Imports.TryImportAsync(there, Entry(), Ct));
        Done(await Stores.Accounts.TryDeleteUserAsync((await Stores.Users.FindPasswordAsync("gone", Ct))!.User.Id, Entry(), Ct));
        var before = await SnapshotAsync();
        var good = Plan() with { Groups = [DraftGroup()], Accounts = [Account("new")], Invitations = [Invitation("new", null)] };
        ImportPlan[] bad =
        [
            good with { Accounts = [Account("new"), Account("ANN")] },
            good with { Accounts = [Account("new"), Account("Gone")] },
            good with { Accounts = [Account("new") with { Tokens = there.Accounts[0].Tokens }] },
            good with { Accounts = [Account("new") with { Groups = ["nowhere"] }] },
            good with { Groups = [DraftGroup("lab")] },
            good with { Invitations = there.Invitations },
            good with { Invitations = [Invitation("nobody", null)] },
        ];

        foreach (var plan in bad)
        {
            Assert.Equal(WriteStatus.Conflict, await Stores.Imports.TryImportAsync(plan, Entry(), Ct));
            Assert.Equal(before, await SnapshotAsync());
        }

        Assert.Equal(WriteStatus.Done, await Stores.Imports.TryImportAsync(good, Entry(), Ct));
    }

    [Fact]
    public async Task Import_TheSameAtOnce_IsDoneOnce()
    {
        var sets = await OpenTwoAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var plan = Plan() with { Groups = [DraftGroup()], Accounts = [Account($"same{round}") with { Tokens = [DraftImportedToken()] }] };

            var results = await RaceAsync(sets, (set, _) => set.Imports.TryImportAsync(plan, Entry(), Ct));

            AssertWinners(1, WriteStatus.Conflict, results);
        }

        Assert.Equal(Rounds, (await AuditLogAsync()).Count);
    }

    [Fact]
    public async Task AnyTokens_OwnAndImportedOnes_IsTrueForImportedOnesOnly()
    {
        await MakeTokenAsync(await MakeUserAsync());
        Assert.False(await Stores.Imports.AnyTokensAsync(Ct));
        var token = DraftImportedToken();
        Assert.Equal(WriteStatus.Done, await Stores.Imports.TryImportAsync(Plan() with { Accounts = [Account("ann") with { Tokens = [token] }] }, Entry(), Ct));
        Assert.True(await Stores.Imports.AnyTokensAsync(Ct));

        Assert.Equal(WriteStatus.Done, await Stores.Tokens.TryRevokeAsync((await Stores.Tokens.FindAsync(token.Hash, Ct))!.Token!.Id, Entry(), Ct));

        Assert.False(await Stores.Imports.AnyTokensAsync(Ct));
    }

    private static Comparer<ImportMark> ByText { get; } =
        Comparer<ImportMark>.Create((a, b) => string.CompareOrdinal($"{a.Kind} {a.Key}", $"{b.Kind} {b.Key}"));

    private static ImportKeys Asked(ImportPlan plan) => plan.Keys() with { Usernames = [.. plan.Accounts.Select(a => a.Username.ToUpperInvariant())] };

    private ImportPlan Plan() => new() { At = Tick() };

    private ImportedAccount Account(string name, Role role = Role.User) => new()
    {
        Username = name,
        DisplayName = "Display of " + name,
        Role = role,
        IsActive = true,
        PasswordHash = "$2b$04$hash of " + name,
        CreatedAt = Tick(),
    };

    private ImportedApiToken DraftImportedToken() => new()
    {
        Hash = SecretHash.FromBytes(SHA512.HashData(BitConverter.GetBytes(NextNumber()))),
        Prefix = ImportedToken.Prefix,
        Name = "token " + NextNumber().ToString(CultureInfo.InvariantCulture),
        CreatedAt = Tick(),
        LastUsedAt = Tick(),
        ExpiresAt = Tick().AddDays(9),
    };

    private ImportedInvitation Invitation(string? maker, string? group) => new()
    {
        Hash = NextHash(),
        Prefix = "0123abcd",
        Role = Role.Viewer,
        Group = group,
        MaxUses = 1,
        Uses = 0,
        ExpiresAt = Tick().AddDays(3),
        Maker = maker,
        CreatedBy = maker ?? "_system",
        CreatedAt = Tick(),
    };
}
