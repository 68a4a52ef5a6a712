namespace KohakuRiver.Cli;

/// <summary>A file that completion needs.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Text">What belongs into it.</param>
/// <param name="IsPart">Whether that is a section, and the rest of the file is its user's.</param>
internal sealed record CompletionFile(string Path, string Text, bool IsPart);
