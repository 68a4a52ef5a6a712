namespace KohakuRiver.Auth;

/// <summary>What is known of the client of a login or registration.</summary>
/// <param name="Address">The network address; null outside requests, and then nothing is throttled by address.</param>
/// <param name="UserAgent">Bounded and without control characters; null when not sent.</param>
/// <param name="SessionToReplace">The session cookie that was sent along, in plain text; a login ends that session. Null for none.</param>
public sealed record ClientInfo(string? Address = null, string? UserAgent = null, string? SessionToReplace = null);
