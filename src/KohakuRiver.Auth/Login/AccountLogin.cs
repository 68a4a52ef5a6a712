namespace KohakuRiver.Auth.Stores;

/// <summary>A user and the session just created.</summary>
/// <param name="User">The user in its current state.</param>
/// <param name="Session">The new session.</param>
public sealed record AccountLogin(UserDetails User, Session Session);
