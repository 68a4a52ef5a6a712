namespace KohakuRiver.Cli;

/// <summary>What <c>--json</c> prints of a thing done.</summary>
/// <param name="Message">What happened.</param>
/// <param name="Id">Of what it happened to: a number, or text for tasks and VPS; null where it is nothing that has one.</param>
/// <param name="Name">Its name; null where it has none.</param>
internal sealed record DoneResult(string Message, object? Id, string? Name);
