using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>What <see cref="IGroupStore"/> promises.</summary>
[Subject("Groups")]
internal sealed class GroupCases : StoreCases
{
    [Case]
    public async Task Create_WithLimits_GivesWhatWasWritten()
    {
        var draft = new NewGroup(
            "GPU-Nutzer → 変",
            "'\"; DROP TABLE groups; -- \U0001F30A",
            -7,
            new Dictionary<string, long>(
                StringComparer.Ordinal) { ["max_vps"] = 0, ["Max"] = 1, ["max_tasks"] = 9_007_199_254_740_991, ["max_gpus"] = 4 },
            Tick());
        var made = await WritesAsync(e => Stores.Groups.TryCreateAsync(draft, e, Ct), g => g.Id);
        foreach (var group in new[] { made, await Stores.Groups.FindAsync(made.Id, Ct) })
        {
            Assert.NotNull(group);
            Assert.Equal(
                (made.Id, draft.Name, draft.Description, -7, 0), (group.Id, group.Name, group.Description, group.Tier, group.MemberCount));
            Assert.Equal(draft.CreatedAt, group.CreatedAt);
            Assert.Equal(
                [new("Max", 1), new("max_gpus", 4), new("max_tasks", 9_007_199_254_740_991), new("max_vps", 0)],
                group.Limits.AsEnumerable());
        }
    }

    [Case]
    public async Task Create_WithNothing_KeepsItEmpty()
    {
        var made = await WritesAsync(e => Stores.Groups.TryCreateAsync(
            new NewGroup("plain", "", 0, new Dictionary<string, long>(StringComparer.Ordinal), Tick()), e, Ct));
        var group = await Stores.Groups.FindAsync(made.Id, Ct);
        Assert.Equal("", group?.Description);
        Assert.Empty(group?.Limits ?? new Dictionary<string, long> { ["?"] = 1 });
    }

    [Case]
    public async Task Find_Unknown_GivesNull()
    {
        var group = await MakeGroupAsync();
        Assert.Null(await Stores.Groups.FindAsync(group.Id + 1000, Ct));
        Assert.Empty(await Stores.Groups.ListOfUserAsync(1000, Ct));
    }

    [Case("Group", "gROUP")]
    [Case("Äpfel", "äPFEL")]
    [Case("ŁÓDŹ", "łódź")]
    [Case("Москва", "МОСКВА")]
    public async Task Create_NameTakenInOtherCase_IsLost(string name, string other)
    {
        await MakeGroupAsync(name);
        await LosesAsync(WriteStatus.NameTaken, e => Stores.Groups.TryCreateAsync(DraftGroup(other), e, Ct));
        await MakeGroupAsync(name + "2");
    }

    [Case]
    public async Task Create_AccentsDiffer_AreDifferentNames()
    {
        await MakeGroupAsync("Apfel");
        await MakeGroupAsync("Äpfel");
        await MakeGroupAsync("Apfel ");
    }

    [Case]
    public async Task Create_EqualNamesAtOnce_OneWins()
    {
        var sets = await OpenTwoAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var name = "contested " + NextNumber();
            var entries = Enumerable.Range(0, Callers).Select(_ => Entry()).ToList();
            var results = await RaceAsync(sets, async (set, i) =>
                (await set.Groups.TryCreateAsync(DraftGroup(i % 3 == 0 ? name.ToUpperInvariant() : name), entries[i], Ct)).Status);
            AssertWinners(1, WriteStatus.NameTaken, results);
            Assert.Equal(1, await CountAuditedAsync(entries));
        }

        Assert.Equal(Rounds, (await Stores.Groups.ListAsync(new PageRequest(1), Ct)).Total);
    }

    [Case]
    public async Task List_AllGroups_IsNewestFirst()
    {
        await AssertPagesAsync([], p => Stores.Groups.ListAsync(p, Ct), g => g.Id);
        var ids = new List<long>();
        for (var i = 0; i < 4; i++)
        {
            ids.Insert(0, (await MakeGroupAsync()).Id);
        }

        await MakeUserAsync(null, Role.User, ids[1]);
        await AssertPagesAsync(ids, p => Stores.Groups.ListAsync(p, Ct), g => g.Id);
        Assert.Equal([0, 1, 0, 0], (await Stores.Groups.ListAsync(new PageRequest(9), Ct)).Items.Select(g => g.MemberCount));
    }

    [Case]
    public async Task List_RowsComeAndGoBetweenPages_ShowsEachOldRowOnce() => await AssertStableAsync(
        p => Stores.Groups.ListAsync(p, Ct),
        g => g.Id,
        () => MakeGroupAsync(),
        id => WritesAsync(e => Stores.Groups.TryDeleteAsync(id, e, Ct)));

    [Case]
    public async Task ListOfUser_SeveralGroups_IsByNameRegardlessOfCase()
    {
        var ids = new List<long>();
        foreach (var name in new[] { "delta", "Charlie", "bravo", "Alpha" })
        {
            ids.Add((await MakeGroupAsync(name)).Id);
        }

        var user = await MakeUserAsync(null, Role.User, ids[0], ids[1], ids[3]);
        await MakeUserAsync(null, Role.User, ids[1], ids[2]);
        var groups = await Stores.Groups.ListOfUserAsync(user.Id, Ct);
        Assert.Equal(["Alpha", "Charlie", "delta"], groups.Select(g => g.Name));
        Assert.Equal([1, 2, 1], groups.Select(g => g.MemberCount));
        Assert.Equal(3, groups[0].Limits["max_vps"]);
    }

    [Case]
    public async Task Update_SomeFields_LeavesTheOthers()
    {
        var group = await MakeGroupAsync("Before");
        var user = await MakeUserAsync(null, Role.User, group.Id);
        var renamed = await WritesAsync(e => Stores.Groups.TryUpdateAsync(group.Id, new GroupChange { Name = "After" }, e, Ct));
        Assert.Equal(("After", group.Description, group.Tier, 1), (renamed.Name, renamed.Description, renamed.Tier, renamed.MemberCount));
        Assert.Equal(group.Limits.AsEnumerable(), renamed.Limits.AsEnumerable());
        Assert.Equal(group.CreatedAt, renamed.CreatedAt);
        Assert.Equal("After", (await Stores.Users.FindDetailsAsync(user.Id, Now, Ct))?.Groups[0].Name);

        var change =
            new GroupChange { Description = "", Tier = -1, Limits = new Dictionary<string, long>(StringComparer.Ordinal) { ["z"] = 1 } };
        await WritesAsync(e => Stores.Groups.TryUpdateAsync(group.Id, change, e, Ct));
        var stored = await Stores.Groups.FindAsync(group.Id, Ct);
        Assert.Equal(("After", "", -1), (stored?.Name, stored?.Description, stored?.Tier));
        Assert.Equal([new("z", 1)], stored?.Limits.AsEnumerable());
    }

    [Case]
    public async Task Update_LimitsSetAndRemoved_LeavesTheOthers()
    {
        var group = await MakeGroupAsync();
        var all = new Dictionary<string, long>(StringComparer.Ordinal) { ["a"] = 1, ["b"] = 2, ["c"] = 3 };
        await WritesAsync(e => Stores.Groups.TryUpdateAsync(group.Id, new GroupChange { Limits = all }, e, Ct));
        var change =
            new GroupChange
            {
                SetLimits = new Dictionary<string,
                long>(StringComparer.Ordinal) { ["b"] = 20, ["d"] = 4 },
                RemoveLimits = ["a", "z"],
            };
        var changed = await WritesAsync(e => Stores.Groups.TryUpdateAsync(group.Id, change, e, Ct));
        Assert.Equal([new("b", 20), new("c", 3), new("d", 4)], changed.Limits.OrderBy(l => l.Key, StringComparer.Ordinal));
        Assert.Equal(changed.Limits, (await Stores.Groups.FindAsync(group.Id, Ct))?.Limits);
        await LosesAsync(WriteStatus.NotFound, e => Stores.Groups.TryUpdateAsync(group.Id + 1000, change, e, Ct));
    }

    [Case]
    public async Task Update_LimitsSetByManyAtOnce_AreAllThere()
    {
        var sets = await OpenTwoAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var group = await MakeGroupAsync();
            AssertWinners(Callers, WriteStatus.Done, await RaceAsync(sets, Callers, async (set, i) =>
            {
                var limit = new Dictionary<string, long>(StringComparer.Ordinal) { ["limit_" + (char)('a' + i)] = i };
                return (await set.Groups.TryUpdateAsync(group.Id, new GroupChange { SetLimits = limit }, Entry(), Ct)).Status;
            }));
            var limits = (await Stores.Groups.FindAsync(group.Id, Ct))!.Limits;
            Assert.Equal(Callers + group.Limits.Count, limits.Count);
        }
    }

    [Case]
    public async Task Update_OwnNameInOtherCase_IsDone()
    {
        var group = await MakeGroupAsync("äpfel");
        await WritesAsync(e => Stores.Groups.TryUpdateAsync(group.Id, new GroupChange { Name = "ÄPFEL" }, e, Ct));
        Assert.Equal("ÄPFEL", (await Stores.Groups.FindAsync(group.Id, Ct))?.Name);
    }

    [Case]
    public async Task Update_NameTakenOrUnknownGroup_IsLost()
    {
        var group = await MakeGroupAsync();
        await MakeGroupAsync("Taken");
        var change =
            new GroupChange
            {
                Name = "tAKEN",
                Description = "new",
                Tier = 9,
                Limits = new Dictionary<string,
                long>(StringComparer.Ordinal),
            };
        await LosesAsync(WriteStatus.NameTaken, e => Stores.Groups.TryUpdateAsync(group.Id, change, e, Ct));
        await LosesAsync(WriteStatus.NotFound, e => Stores.Groups.TryUpdateAsync(group.Id + 1000, new GroupChange { Name = "x" }, e, Ct));
    }

    [Case]
    public async Task Update_ToEqualNamesAtOnce_OneWins()
    {
        var sets = await OpenTwoAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var a = await MakeGroupAsync();
            var b = await MakeGroupAsync();
            var change = new GroupChange { Name = "contested " + NextNumber() };
            AssertWinners(1, WriteStatus.NameTaken, await RaceAsync(sets, 2, async (set, i) =>
                (await set.Groups.TryUpdateAsync(i == 0 ? a.Id : b.Id, change, Entry(), Ct)).Status));
        }
    }
}
