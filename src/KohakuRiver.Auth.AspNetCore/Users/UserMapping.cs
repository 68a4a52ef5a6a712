namespace KohakuRiver.Auth.AspNetCore;

/// <summary>From users to their contracts.</summary>
internal static class UserMapping
{
    /// <param name="details">The user.</param>
    /// <param name="forAdmin">Whether the reader gets the fields for admins.</param>
    internal static UserResponse ToResponse(this UserDetails details, bool forAdmin) => new(
        details.User.Id, details.User.Username, details.User.DisplayName, details.User.Role, details.User.IsActive,
        details.User.CreatedAt, details.User.LastLoginAt, details.ActiveSessions,
        [.. details.Groups.Select(g => new GroupRefResponse(g.Id, g.Name))], forAdmin ? details.User.LockedUntil : null,
        forAdmin);
}
