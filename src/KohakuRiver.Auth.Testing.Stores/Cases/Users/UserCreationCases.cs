using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>What <see cref="IAccountStore"/> promises for accounts that an admin creates.</summary>
[Subject("Users")]
internal sealed class UserCreationCases : AccountCases
{
    [Case]
    public async Task CreateUser_WithGroups_GivesThemByName()
    {
        var b = await MakeGroupAsync("beta");
        var a = await MakeGroupAsync("Alpha");
        var made = await WritesAsync(
            e => Stores.Accounts.TryCreateUserAsync(DraftUser(null, Role.User, b.Id, a.Id), e, Ct), u => u.User.Id);
        Assert.Equal([new GroupRef(a.Id, "Alpha"), new GroupRef(b.Id, "beta")], made.Groups);
        Assert.Equal(0, made.ActiveSessions);
        Assert.Equal(1, (await Stores.Groups.FindAsync(a.Id, Ct))?.MemberCount);
    }

    [Case]
    public async Task CreateUser_LongestAndStrangestText_IsKeptExactly()
    {
        var draft = DraftUser("a" + new string('Z', 49)) with
        {
            // Decomposed and composed accents, a character outside the basic plane, right-to-left text: nothing is normalized.
            DisplayName = ("e\u0301\u00e9 \U0001F30A שלום '\"%_\\; --" + new string('名', 100))[..100],
            PasswordHash = "$bcrypt-sha256$v=2,t=2b,r=12$" + new string('x', 171),
        };
        var made = await WritesAsync(e => Stores.Accounts.TryCreateUserAsync(draft, e, Ct));
        var stored = await Stores.Users.FindPasswordAsync(made.User.Id, Ct);
        Assert.Equal(draft.Username, stored?.User.Username);
        Assert.Equal(draft.DisplayName, stored?.User.DisplayName);
        Assert.Equal(draft.PasswordHash, stored?.PasswordHash);
    }

    [Case]
    public async Task CreateUser_TargetIdGiven_IsKept()
    {
        var entry = DraftAudit() with { TargetId = "the caller's own" };
        Done(await Stores.Accounts.TryCreateUserAsync(DraftUser(), AuthorizedWrite.WithoutCredential(entry), Ct));
        Assert.Equal("the caller's own", Assert.Single(await AuditLogAsync(), e => e.OperationId == entry.OperationId).TargetId);
    }

    [Case]
    public async Task CreateUser_NameTakenInOtherCase_IsLost()
    {
        await MakeUserAsync("Kohaku");
        foreach (var name in new[] { "Kohaku", "kohaku", "KOHAKU" })
        {
            await LosesAsync(WriteStatus.NameTaken, e => Stores.Accounts.TryCreateUserAsync(DraftUser(name), e, Ct));
        }
    }

    [Case]
    public async Task CreateUser_OneGroupMissing_MakesNothing()
    {
        var group = await MakeGroupAsync();
        await LosesAsync(
            WriteStatus.GroupMissing,
            e => Stores.Accounts.TryCreateUserAsync(DraftUser("almost", Role.User, group.Id, group.Id + 1000), e, Ct));
        await MakeUserAsync("almost");
    }

    [Case]
    [Requirement("V15.4.2")]
    public async Task CreateUser_EqualNamesAtOnce_OneWins()
    {
        var sets = await OpenTwoAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var name = "contested" + NextNumber();
            var entries = Enumerable.Range(0, Callers).Select(_ => Entry()).ToList();
            var results = await RaceAsync(sets, async (set, i) =>
                (await set.Accounts.TryCreateUserAsync(DraftUser(i % 3 == 0 ? name.ToUpperInvariant() : name), entries[i], Ct)).Status);
            AssertWinners(1, WriteStatus.NameTaken, results);
            Assert.Equal(1, await CountAuditedAsync(entries));
        }

        Assert.Equal(Rounds, (await Stores.Users.ListAsync(new UserQuery { Page = new PageRequest(100) }, Now, Ct)).Total);
    }

    [Case]
    public async Task CreateUser_CancelledAtAnyMoment_IsWholeOrAbsent()
    {
        var group = await MakeGroupAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var draft = DraftUser("cancelled" + round, Role.User, group.Id);
            var happened = await HappensThoughCancelledAsync(
                round,
                async (entry, cancellationToken) => (await Stores.Accounts.TryCreateUserAsync(draft, entry, cancellationToken)).Status);
            var user = (await Stores.Users.FindPasswordAsync(draft.Username, Ct))?.User;
            Assert.Equal(happened, user is not null);
            if (user is not null)
            {
                Assert.Equal([group.Id], (await Stores.Groups.ListOfUserAsync(user.Id, Ct)).Select(g => g.Id));
            }
        }
    }
}
