namespace KohakuRiver.Auth.Stores;

/// <summary>A user and the session just made.</summary>
/// <param name="User">The user as it is now.</param>
/// <param name="Session">The new session.</param>
public sealed record AccountLogin(UserDetails User, Session Session);
