namespace KohakuRiver.Cli.Output;

/// <summary>A column of a table.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Value">What it shows of a row; null shows as nothing.</param>
internal sealed record Column<T>(string Title, Func<T, string?> Value)
{
    /// <summary>Whether its values stand to the right, as numbers do.</summary>
    internal bool IsNumber { get; init; }
}
