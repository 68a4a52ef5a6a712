namespace KohakuRiver.Auth.AspNetCore;

/// <summary>From users to their contracts.</summary>
internal static class UserMapping
{
    /// <param name="details">The user.</param>
    /// <param name="showLock">Whether the reader may know of a lock: admins only.</param>
    internal static UserResponse ToResponse(this UserDetails details, bool showLock) => new(
        details.User.Id, details.User.Username, details.User.DisplayName, details.User.Role, details.User.IsActive,
        details.User.CreatedAt, details.User.LastLoginAt, details.ActiveSessions,
        [.. details.Groups.Select(g => new GroupRefResponse(g.Id, g.Name))], showLock ? details.User.LockedUntil : null);
}
