namespace KohakuRiver.Cli;

/// <summary>What <c>--json</c> prints for each of several VPS that something was done to.</summary>
/// <param name="VpsId">Its id; null where it was not even found.</param>
/// <param name="Name">What was typed.</param>
/// <param name="Result">What was done, such as <c>deleted</c>, or <c>failed</c>.</param>
/// <param name="Message">The host's message, or the reason.</param>
internal sealed record VpsResult(string? VpsId, string Name, string Result, string? Message);
