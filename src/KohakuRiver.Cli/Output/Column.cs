namespace KohakuRiver.Cli;

/// <summary>A column of a table.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Value">The text for a row; null shows as empty.</param>
internal sealed record Column<T>(string Title, Func<T, string?> Value)
{
    /// <summary>Whether its values are right-aligned, like numbers.</summary>
    internal bool IsNumber { get; init; }

    /// <summary>Whether its values are taken literally by a machine, so that every character must be visible.</summary>
    internal bool IsCode { get; init; }

    /// <summary>Whether its values are states, which have colours.</summary>
    internal bool IsState { get; init; }

    /// <summary>The time that its values show, where they show one; relative where there is little room.</summary>
    internal Func<T, DateTimeOffset?>? Time { get; init; }

    /// <summary>When it is left out where there is little room: the highest first; 0 for never.</summary>
    internal int Drop { get; init; }

    /// <summary>Whether its values are long ids, which wrap where nothing else helps.</summary>
    internal bool IsId { get; init; }

    /// <summary>Whether its values may wrap on a narrow terminal. Names, ids and times do not.</summary>
    internal bool Folds { get; init; }
}
