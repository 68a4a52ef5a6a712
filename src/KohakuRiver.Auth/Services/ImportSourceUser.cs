namespace KohakuRiver.Auth;

/// <summary>A row of the old table <c>users</c>, as it stands there. Texts are null where the old database has none.</summary>
/// <param name="Id">Its number in the old database.</param>
/// <param name="Username">The login name.</param>
/// <param name="DisplayName">The name shown.</param>
/// <param name="PasswordHash">The bcrypt hash.</param>
/// <param name="Role">The name of the role.</param>
/// <param name="IsActive">False when disabled; null when that cannot be read.</param>
/// <param name="CreatedAt">When it was made; null when that cannot be read.</param>
public sealed record ImportSourceUser(
    long Id, string? Username, string? DisplayName, string? PasswordHash, string? Role, bool? IsActive, DateTimeOffset? CreatedAt);
