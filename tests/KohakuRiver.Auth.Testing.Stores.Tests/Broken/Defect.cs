namespace KohakuRiver.Auth.Testing.Stores.Tests.Broken;

/// <summary>A way in which a store can be wrong, and the cases one of which must find it.</summary>
internal sealed record Defect(string Name, IReadOnlyList<SuiteCase> Cases, Action<BrokenStoreSet> Apply)
{
    /// <summary>Each set has a database of its own instead of sharing one.</summary>
    public bool Apart { get; init; }

    /// <summary>A defect that this case must find; its row of arguments tells which one, where there are several.</summary>
    public static Defect In<TCases>(string name, string method, Action<BrokenStoreSet> apply, params object?[] arguments)
        where TCases : StoreCases => new(name, [SuiteCase.Of(typeof(TCases), method, arguments)], apply);

    /// <summary>Runs the cases on a store with the defect, or on a sound one; gives the first that was thrown.</summary>
    public async Task<Exception?> RunAsync(bool broken)
    {
        foreach (var item in Cases)
        {
            var suite = broken ? new BrokenSuite { Defect = Apply, Apart = Apart } : new BrokenSuite();
            if (await Record.ExceptionAsync(() => suite.Case(item.Name)) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
