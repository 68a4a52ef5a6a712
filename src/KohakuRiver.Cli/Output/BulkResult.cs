namespace KohakuRiver.Cli;

/// <summary>What <c>--json</c> prints for each of several that something was done to.</summary>
/// <param name="Id">Its id; null where it was not even found.</param>
/// <param name="Name">Its name, or what was typed; null where it has none.</param>
/// <param name="Result">What was done, such as <c>added</c>, or <c>failed</c>.</param>
/// <param name="Message">The host's message, or the reason.</param>
internal sealed record BulkResult(long? Id, string? Name, string Result, string? Message);
