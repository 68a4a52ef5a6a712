namespace KohakuRiver.Auth;

/// <summary>A user by id and name.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Username">The user's login name.</param>
public sealed record UserRef(long Id, string Username);
