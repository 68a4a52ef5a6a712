namespace KohakuRiver.Cli;

/// <summary>What <c>--json</c> prints for a completed action.</summary>
/// <param name="Message">What happened.</param>
/// <param name="Id">The id of the target: a number, or text for tasks and VPS; null where it has none.</param>
/// <param name="Name">The name of the target; null where it has none.</param>
internal sealed record DoneResult(string Message, object? Id, string? Name);
