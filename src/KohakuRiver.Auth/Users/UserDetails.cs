namespace KohakuRiver.Auth;

/// <summary>A user with what lists and pages show in addition to the account.</summary>
/// <param name="User">The account.</param>
/// <param name="Groups">The groups it belongs to, ordered by name.</param>
/// <param name="ActiveSessions">Sessions that are neither ended nor expired at the time of the query.</param>
public sealed record UserDetails(User User, IReadOnlyList<GroupRef> Groups, int ActiveSessions);
