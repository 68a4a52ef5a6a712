namespace Workshop;

/// <summary>A part of a long list.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items);
