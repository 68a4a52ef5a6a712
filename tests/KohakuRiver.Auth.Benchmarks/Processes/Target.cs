namespace KohakuRiver.Auth.Benchmarks.Processes;

/// <summary>What a load generator asks for.</summary>
/// <param name="Name">The row's name.</param>
/// <param name="Url">The whole address.</param>
/// <param name="Header">One header line to send along, such as <c>Cookie: a=b</c>; null for none.</param>
internal sealed record Target(string Name, string Url, string? Header = null);
