using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>What <see cref="ISettingsStore"/> promises.</summary>
[Subject("Settings")]
internal sealed class SettingsCases : StoreCases
{
    [Case]
    public async Task Read_NothingStored_IsEmpty() => Assert.Empty(await Stores.Settings.ReadAsync(Ct));

    [Case]
    public async Task Write_Values_KeepsTheOthersAndTheTextExactly()
    {
        await WriteAsync(
            new() { ["registration"] = "\"invite_only\"", ["sessions_days"] = "30", ["note"] = "\"größer \\u20ac \U0001F30A\"" });
        await WriteAsync(new() { ["sessions_days"] = "7", ["nested"] = "{ \"a\" : [1.0, null] }" });
        Assert.Equal(
            [
                new("nested", "{ \"a\" : [1.0, null] }"), new("note", "\"größer \\u20ac \U0001F30A\""),
                new("registration", "\"invite_only\""), new("sessions_days", "7"),
            ],
            await ReadAsync());
    }

    [Case]
    public async Task Write_Null_RemovesTheValue()
    {
        await WriteAsync(new() { ["a"] = "1", ["b"] = "2" });
        await WriteAsync(new() { ["a"] = null, ["never"] = null, ["c"] = "3" });
        Assert.Equal([new("b", "2"), new("c", "3")], await ReadAsync());
        await WriteAsync(new() { ["a"] = "null" });
        Assert.Contains(new("a", "null"), await ReadAsync());
    }

    [Case]
    public async Task Write_SeveralAtOnce_IsWholeAndLosesNoOtherKey()
    {
        var sets = await OpenTwoAsync();
        for (var round = 0; round < Rounds; round++)
        {
            await RaceAsync(sets, async (set, i) =>
            {
                await set.Settings.WriteAsync(
                    new Dictionary<string,
                    string?>(StringComparer.Ordinal) { ["left"] = $"{i}", ["own" + i] = $"{round}", ["right"] = $"{i}" }, Entry(), Ct);
                var read = await set.Settings.ReadAsync(Ct);
                Assert.Equal(read["left"], read["right"]);
                return i;
            });
            var values = await Stores.Settings.ReadAsync(Ct);
            Assert.Equal(values["left"], values["right"]);
            Assert.All(Enumerable.Range(0, Callers), i => Assert.Equal($"{round}", values["own" + i]));
        }
    }

    [Case]
    public async Task GetOrAdd_IsStoredOnceAndBesideTheOthers()
    {
        await WriteAsync(new() { ["a"] = "1" });
        Assert.Equal("first", await Stores.Settings.GetOrAddAsync("own", "first", Ct));
        Assert.Equal("first", await Stores.Settings.GetOrAddAsync("own", "second", Ct));
        Assert.Equal("1", await Stores.Settings.GetOrAddAsync("a", "2", Ct));
        Assert.Equal([new("a", "1"), new("own", "first")], await ReadAsync());
    }

    [Case]
    public async Task GetOrAdd_OfManyCallers_IsTheSameForAll()
    {
        var sets = await OpenTwoAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var name = $"own{round}";
            var got = await RaceAsync(sets, (set, i) => set.Settings.GetOrAddAsync(name, $"{i}", Ct));
            var stored = (await Stores.Settings.ReadAsync(Ct))[name];
            Assert.All(got, value => Assert.Equal(stored, value));
        }
    }

    private async Task WriteAsync(Dictionary<string, string?> values)
    {
        var entry = Entry();
        await Stores.Settings.WriteAsync(values, entry, Ct);
        await AssertAuditedAsync(entry);
    }

    private async Task<IEnumerable<KeyValuePair<string, string>>> ReadAsync() =>
        (await Stores.Settings.ReadAsync(Ct)).OrderBy(s => s.Key, StringComparer.Ordinal);
}
