namespace KohakuRiver.Auth.Tests;

public sealed class QuotaRulesTests
{
    [Fact]
    public void Combine_OfNoGroups_IsEmpty() => Assert.Empty(QuotaRules.Combine([]));

    [Fact]
    public void Combine_OfSeveralGroups_TakesTheMostGenerousByKey()
    {
        var combined = QuotaRules.Combine(
        [
            GroupOf(3, "zebra", ("max_tasks", 9), ("gpus", 0)),
            GroupOf(1, "Alpha", ("max_tasks", 5), ("cores", 8)),
            GroupOf(2, "beta", ("max_tasks", 9), ("cores", 8)),
            GroupOf(4, "none"),
        ]);
        Assert.Equal(
            [
                new EffectiveLimit("cores", 8, new GroupRef(1, "Alpha")),
                new EffectiveLimit("gpus", 0, new GroupRef(3, "zebra")),
                new EffectiveLimit("max_tasks", 9, new GroupRef(2, "beta")),
            ],
            combined);
    }

    private static Group GroupOf(long id, string name, params (string Key, long Value)[] limits) => new()
    {
        Id = id,
        Name = name,
        CreatedAt = DateTimeOffset.UnixEpoch,
        Limits = limits.ToDictionary(l => l.Key, l => l.Value, StringComparer.Ordinal),
    };
}
