namespace SqlStore;

/// <summary>A part of a statement that is put in as it is. Constants only: values come as arguments, which become parameters.</summary>
internal sealed record SqlText(string Text);
