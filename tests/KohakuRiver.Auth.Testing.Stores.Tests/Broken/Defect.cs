namespace KohakuRiver.Auth.Testing.Stores.Tests.Broken;

/// <summary>A way in which a store can be wrong, and the inherited fact that must find it.</summary>
internal sealed record Defect(string Name, Type Suite, string Fact, IReadOnlyList<object?[]> Rows, Action<BrokenStoreSet> Apply)
{
    /// <summary>Each set has a database of its own instead of sharing one.</summary>
    public bool Apart { get; init; }

    public static Defect In<TSuite>(string name, string fact, Action<BrokenStoreSet> apply, params object?[] arguments)
        where TSuite : StoreConformance, IBrokenSuite, new() => new(name, typeof(TSuite), fact, [arguments], apply);

    /// <summary>
    /// Runs the fact on a store with the defect, or on a sound one; gives what it threw. Where the fact has several rows
    /// of arguments, the first that throws counts.
    /// </summary>
    public async Task<Exception?> RunAsync(bool broken)
    {
        foreach (var row in Rows)
        {
            if (await RunAsync(broken, row) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private async Task<Exception?> RunAsync(bool broken, object?[] arguments)
    {
        var suite = (StoreConformance)Activator.CreateInstance(Suite)!;
        if (broken)
        {
            var opener = ((IBrokenSuite)suite).Opener;
            (opener.Defect, opener.Apart) = (Apply, Apart);
        }

        await suite.InitializeAsync();
        try
        {
            return await Record.ExceptionAsync(async () =>
            {
                var fact = Suite.GetMethod(Fact)!;
                if (fact.Invoke(suite, System.Reflection.BindingFlags.DoNotWrapExceptions, null, arguments, null) is Task running)
                {
                    await running;
                }
            });
        }
        finally
        {
            await suite.DisposeAsync();
        }
    }
}
