namespace KohakuRiver.Auth.AdminPanel;

/// <summary>A list whose form also sends what was chosen in it when the page was rendered.</summary>
/// <param name="Now">What is chosen.</param>
/// <param name="Before">What was chosen; null when the form does not say.</param>
internal sealed record KeptList<T>(IReadOnlyList<T> Now, IReadOnlyList<T>? Before)
{
    /// <summary>What was added and removed since the page was rendered.</summary>
    /// <param name="otherwise">What was chosen, for a form that does not say what the page showed.</param>
    internal (IReadOnlyList<T> Added, IReadOnlyList<T> Removed) Changes(IEnumerable<T> otherwise)
    {
        var before = Before ?? [.. otherwise];
        return ([.. Now.Except(before)], [.. before.Except(Now)]);
    }
}
