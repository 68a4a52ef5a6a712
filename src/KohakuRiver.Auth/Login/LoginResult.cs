namespace KohakuRiver.Auth;

/// <summary>A login that succeeded. The secret appears here once; the store has its hash.</summary>
/// <param name="User">The user who logged in.</param>
/// <param name="Session">The new session.</param>
/// <param name="Secret">The session's secret, for the cookie.</param>
public sealed record LoginResult(UserDetails User, Session Session, SecretText Secret);
