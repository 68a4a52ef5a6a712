namespace KohakuRiver.Auth.AdminPanel;

/// <summary>What a search found.</summary>
/// <param name="Text">What is looked for; empty for nothing yet.</param>
/// <param name="IsCut">Whether a whole secret was typed, of which only the beginning is looked for and shown.</param>
/// <param name="Kinds">
/// What was found, kind by kind. Kinds without any are left out, unless there was somewhere one did not look.
/// </param>
internal sealed record SearchModel(string Text, bool IsCut, IReadOnlyList<FoundKind> Kinds);

/// <summary>What was found of one kind.</summary>
/// <param name="Title">The kind, in the reader's language.</param>
/// <param name="Icon">Its icon.</param>
/// <param name="Items">The first few.</param>
/// <param name="Count">How many there are; null where nobody counted.</param>
internal sealed record FoundKind(string Title, string Icon, IReadOnlyList<Found> Items, long? Count = null)
{
    /// <summary>The list that has all of them, as a path within the panel with its query; null for none.</summary>
    internal string? List { get; init; }

    /// <summary>Where one did not look; null where all was looked at.</summary>
    internal string? Note { get; init; }
}

/// <summary>One thing that was found.</summary>
/// <param name="Path">Its page within the panel.</param>
/// <param name="Text">Its name.</param>
/// <param name="Detail">What else tells it from others; null for nothing.</param>
internal sealed record Found(string Path, string Text, string? Detail = null)
{
    /// <summary>Whether the text is its id, which nothing else of its kind has.</summary>
    internal bool IsExact { get; init; }

    /// <summary>The same for a number, which other things may contain.</summary>
    internal bool IsNumber { get; init; }

    /// <summary>An address of the host and not of the panel, as a link of the host has it; null for one of the panel.</summary>
    internal string? Elsewhere { get; init; }
}
