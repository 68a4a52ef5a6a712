namespace KohakuRiver.Cli;

/// <summary>A field of one thing that is shown.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Value">What it holds; null or empty shows as nothing at all.</param>
internal sealed record Field(string Name, string? Value)
{
    /// <summary>Whether it is what a machine takes literally, of which nothing may be overlooked.</summary>
    internal bool IsCode { get; init; }

    public static implicit operator Field((string Name, string? Value) pair) => new(pair.Name, pair.Value);
}
