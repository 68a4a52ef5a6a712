namespace KohakuRiver.Auth;

/// <summary>The client of a login or registration.</summary>
/// <param name="Address">The network address; null outside requests, where nothing is throttled by address.</param>
/// <param name="UserAgent">Bounded and without control characters; null when not sent.</param>
/// <param name="SessionToReplace">The session cookie sent with the request, in plain text; a login ends that session. Null for
/// none.</param>
public sealed record ClientInfo(string? Address = null, string? UserAgent = null, string? SessionToReplace = null);
