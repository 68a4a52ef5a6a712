namespace KohakuRiver.Cli;

/// <summary>A column of a table.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Value">What it shows of a row; null shows as nothing.</param>
internal sealed record Column<T>(string Title, Func<T, string?> Value)
{
    /// <summary>Whether its values stand to the right, as numbers do.</summary>
    internal bool IsNumber { get; init; }

    /// <summary>Whether its values are what a machine takes literally, of which nothing may be overlooked.</summary>
    internal bool IsCode { get; init; }

    /// <summary>Whether its values may go on in the next line where the terminal is narrow. Names, ids and times stay whole.</summary>
    internal bool Folds { get; init; }
}
