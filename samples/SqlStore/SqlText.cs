namespace SqlStore;

/// <summary>
/// A part of a statement that is inserted unchanged. Constants only: values are passed as arguments, which become parameters.
/// </summary>
internal sealed record SqlText(string Text);
