namespace KohakuRiver.Cli;

/// <summary>A field of one item shown.</summary>
/// <param name="Name">The label.</param>
/// <param name="Value">The value; a field with null or empty is not shown.</param>
internal sealed record Field(string Name, string? Value)
{
    /// <summary>Whether it is taken literally by a machine, so that every character must be visible.</summary>
    internal bool IsCode { get; init; }

    public static implicit operator Field((string Name, string? Value) pair) => new(pair.Name, pair.Value);
}
