namespace KohakuRiver.Cli;

/// <summary>What <c>--json</c> prints for each of several tasks that something was done to.</summary>
/// <param name="TaskId">The task's id.</param>
/// <param name="Result">What was done, such as <c>approved</c>, or <c>failed</c>.</param>
/// <param name="Message">The host's message, or the reason.</param>
internal sealed record TaskResult(string TaskId, string Result, string? Message);
