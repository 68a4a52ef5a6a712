using System.Globalization;
using System.Security.Cryptography;
using KohakuRiver.Auth.EntityFrameworkCore;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Import.Tests;

/// <summary>What an import reads and writes, on one engine.</summary>
public abstract class ImportStoreTestsBase(ITestDatabase database) : EngineTests(database)
{
    private const int Rounds = 20;
    private const int Callers = 32;

    private static readonly DateTimeOffset Start = new(2026, 11, 3, 12, 0, 0, TimeSpan.Zero);

    private int ticks;

    private ImportStore Imports => On(First);

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

        var entry = Entry();
        Assert.Equal(WriteStatus.Done, await Imports.TryWriteAsync(plan, entry, Ct));
        var written = Assert.Single(await AuditLogAsync(), e => e.OperationId == entry.OperationId);
        Assert.Equal(entry with { Id = written.Id }, written);

        var ann = (await First.Users.FindPasswordAsync("Ann", Ct))!;
        Assert.Equal((plan.Accounts[0].PasswordHash, Role.Admin, true), (ann.PasswordHash, ann.User.Role, ann.User.IsActive));
        Assert.Equal((plan.Accounts[0].CreatedAt, null), (ann.User.CreatedAt, ann.User.LastLoginAt));
        Assert.False((await First.Users.FindPasswordAsync("ben", Ct))!.User.IsActive);
        var groups = await First.Groups.ListOfUserAsync(ann.User.Id, Ct);
        Assert.Equal(["Lab", "There"], groups.Select(g => g.Name));
        Assert.Equal(
            (plan.Groups[0].Description, 3, plan.Groups[0].CreatedAt), (groups[0].Description, groups[0].Tier, groups[0].CreatedAt));
        Assert.Equal([new("max_gpus", 0), new("max_vps", 3)], groups[0].Limits);
        Assert.True(await First.VpsAssignments.IsAssignedAsync("vps-a", ann.User.Id, Ct));
        var found = (await First.Tokens.FindAsync(token.Hash, Ct))!;
        Assert.Equal((ann.User.Id, token.Name, token.Prefix), (found.User.Id, found.Token!.Name, found.Token.Prefix));
        Assert.Equal(
            (token.CreatedAt, token.LastUsedAt, token.ExpiresAt), (found.Token.CreatedAt, found.Token.LastUsedAt, found.Token.ExpiresAt));
        Assert.Contains(there.Id, found.GroupIds);
        var invitation = (await First.Invitations.FindAsync(plan.Invitations[0].Hash, Ct))!;
        Assert.Equal((5, 2, "Lab", ann.User.Id), (invitation.MaxUses, invitation.Uses, invitation.Group!.Name, invitation.CreatedById));
        Assert.Null((await First.Invitations.FindAsync(plan.Invitations[1].Hash, Ct))!.CreatedById);
        Assert.True(await First.Users.AnyAdminAsync(Ct));
    }

    [Fact]
    public async Task Read_AfterAnImport_FindsWhatIsThereAndTheMarksOfWhatIsGone()
    {
        var token = DraftImportedToken();
        var plan = Plan() with
        {
            Groups = [DraftGroup("Lab")],
            Accounts =
            [
                Account("ann") with { Groups = ["Lab"], Tokens = [token], Vps = [new ImportedVps("vps-a", Tick())] },
                Account("ben"),
            ],
            Invitations = [Invitation("ann", null)],
        };
        Assert.Equal(WriteStatus.Done, await Imports.TryWriteAsync(plan, Entry(), Ct));
        var ann = (await First.Users.FindPasswordAsync("ann", Ct))!.User;
        var ben = (await First.Users.FindPasswordAsync("ben", Ct))!.User;
        Assert.True((await First.Accounts.TryDeleteUserAsync(ben.Id, Write(), Ct)).IsDone);
        var lab = Assert.Single((await First.Groups.ListAsync(new PageRequest(10), Ct)).Items);

        var state = await On(Second).ReadAsync(Asked(plan), Ct);

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

        var plan = Plan() with
        {
            Groups = [DraftGroup("Lab")],
            Accounts = [Account("ann") with { Tokens = [DraftImportedToken()] }],
            Invitations = [Invitation(null, null)],
        };
        var state = await Imports.ReadAsync(Asked(plan), Ct);

        Assert.Equal((0, 0, 0, 0), (state.Users.Count, state.Groups.Count, state.Tokens.Count, state.Invitations.Count));
        Assert.Equal((0, 0, 0), (state.Memberships.Count, state.VpsAssignments.Count, state.Marks.Count));
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
        Assert.Equal(WriteStatus.Done, await Imports.TryWriteAsync(there, Entry(), Ct));
        var gone = (await First.Users.FindPasswordAsync("gone", Ct))!.User.Id;
        Assert.True((await First.Accounts.TryDeleteUserAsync(gone, Write(), Ct)).IsDone);
        var before = await Database.DumpAsync();
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
            Assert.Equal(WriteStatus.Conflict, await Imports.TryWriteAsync(plan, Entry(), Ct));
            Assert.Equal(before, await Database.DumpAsync());
        }

        Assert.Equal(WriteStatus.Done, await Imports.TryWriteAsync(good, Entry(), Ct));
    }

    [Fact]
    public async Task Import_TheSameAtOnce_IsDoneOnce()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var account = Account($"same{round}") with { Tokens = [DraftImportedToken()] };
            var plan = Plan() with { Groups = [DraftGroup()], Accounts = [account] };

            var results = await RaceAsync(plan);

            Assert.Single(results, WriteStatus.Done);
            Assert.All(results, r => Assert.True(r is WriteStatus.Done or WriteStatus.Conflict, $"A caller was lost with {r}."));
        }

        Assert.Equal(Rounds, (await AuditLogAsync()).Count);
    }

    [Fact]
    public async Task AnyTokens_OwnAndImportedOnes_IsTrueForImportedOnesOnly()
    {
        await MakeTokenAsync(await MakeUserAsync("somebody"));
        Assert.False(await Imports.AnyTokensAsync(Ct));
        var token = DraftImportedToken();
        var plan = Plan() with { Accounts = [Account("ann") with { Tokens = [token] }] };
        Assert.Equal(WriteStatus.Done, await Imports.TryWriteAsync(plan, Entry(), Ct));
        Assert.True(await Imports.AnyTokensAsync(Ct));

        var id = (await First.Tokens.FindAsync(token.Hash, Ct))!.Token!.Id;
        Assert.Equal(WriteStatus.Done, await First.Tokens.TryRevokeAsync(id, Write(), Ct));

        Assert.False(await Imports.AnyTokensAsync(Ct));
    }

    private static ImportStore On(KohakuStoreSet set) => new(((EfStoreSet)set).Database);

    private static AuditEntry Entry() => new()
    {
        At = Start,
        Actor = "_system",
        Action = "test.act",
        OperationId = Guid.CreateVersion7(),
    };

    private static AuthorizedWrite Write() => AuthorizedWrite.WithoutCredential(Entry());

    private async Task<IReadOnlyList<WriteStatus>> RaceAsync(ImportPlan plan)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = Enumerable.Range(0, Callers).Select(i => Task.Run(
            async () =>
            {
                await start.Task;
                return await On(Sets[i % Sets.Count]).TryWriteAsync(plan, Entry(), Ct);
            },
            Ct)).ToList();
        start.SetResult();
        return await Task.WhenAll(running);
    }

    private async Task<IReadOnlyList<AuditEntry>> AuditLogAsync() => await First.Audit.StreamAsync(new AuditQuery(), Ct).ToListAsync(Ct);

    private static Comparer<ImportMark> ByText { get; } =
        Comparer<ImportMark>.Create((a, b) => string.CompareOrdinal($"{a.Kind} {a.Key}", $"{b.Kind} {b.Key}"));

    private static ImportKeys Asked(ImportPlan plan) =>
        plan.Keys() with { Usernames = [.. plan.Accounts.Select(a => a.Username.ToUpperInvariant())] };

    private int Next() => Interlocked.Increment(ref ticks);

    private DateTimeOffset Tick() => Start.AddSeconds(Next());

    private SecretHash Hash(Func<byte[], byte[]> by) => SecretHash.FromBytes(by(BitConverter.GetBytes(Next())));

    private NewGroup DraftGroup(string? name = null) => new(
        name ?? "Group " + Next().ToString(CultureInfo.InvariantCulture),
        "What it is for",
        3,
        new Dictionary<string, long>(StringComparer.Ordinal) { ["max_vps"] = 3, ["max_gpus"] = 0 },
        Tick());

    private async Task<User> MakeUserAsync(string name)
    {
        var user = new NewUser { Username = name, DisplayName = name, Role = Role.User, PasswordHash = "hash", CreatedAt = Tick() };
        return (await First.Accounts.TryCreateUserAsync(user, Write(), Ct)).Value!.User;
    }

    private async Task<Group> MakeGroupAsync(string name) => (await First.Groups.TryCreateAsync(DraftGroup(name), Write(), Ct)).Value!;

    private async Task MakeTokenAsync(User user)
    {
        var token = new NewToken
        {
            UserId = user.Id,
            Hash = Hash(SHA256.HashData),
            Prefix = "krt_abcd",
            Name = "own",
            CreatedAt = Tick(),
            Limit = 100,
        };
        Assert.True((await First.Tokens.TryCreateAsync(token, Write(), Ct)).IsDone);
    }

    private async Task MakeInvitationAsync()
    {
        var invitation = new NewInvitation
        {
            Hash = Hash(SHA256.HashData),
            Prefix = "kri_abcd",
            Role = Role.Viewer,
            MaxUses = 1,
            ExpiresAt = Tick().AddDays(3),
            CreatedBy = "_system",
            CreatedAt = Tick(),
            Limit = 100,
        };
        Assert.True((await First.Invitations.TryCreateAsync(invitation, Write(), Ct)).IsDone);
    }

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
        Hash = Hash(SHA512.HashData),
        Prefix = ImportedToken.Prefix,
        Name = "token " + Next().ToString(CultureInfo.InvariantCulture),
        CreatedAt = Tick(),
        LastUsedAt = Tick(),
        ExpiresAt = Tick().AddDays(9),
    };

    private ImportedInvitation Invitation(string? maker, string? group) => new()
    {
        Hash = Hash(SHA256.HashData),
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
