namespace KohakuRiver.Auth.AspNetCore;

/// <summary>What the library needs of a user of another authentication scheme.</summary>
/// <param name="Subject">
/// The user's id in the host, which is never given to a second person: 1 to 255 characters, no control characters. Not the name or the
/// mail address where these can change hands. With an empty one, or another that is none, the request is anonymous here.
/// </param>
/// <param name="LoginName">
/// The name they log in with, for people to recognise the sign-in, and for the username of an account that is created. Null: none.
/// </param>
/// <param name="DisplayName">The name for people, for an account that is created. Null: the username.</param>
public sealed record ExternalPrincipal(string Subject, string? LoginName = null, string? DisplayName = null);
