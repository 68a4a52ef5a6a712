namespace KohakuRiver.Auth.AspNetCore;

/// <summary>From users to their contracts.</summary>
internal static class UserMapping
{
    /// <summary>Whether a caller gets the fields for admins.</summary>
    internal static bool IsForAdmin(Actor reader) => AccessRules.Decide(reader, Permissions.ManageUsers).IsAllowed;

    /// <summary>The user as a caller may see them.</summary>
    internal static UserResponse ToResponse(this UserDetails details, Actor reader) =>
        details.ToResponse(IsForAdmin(reader), reader.Id == details.User.Id);

    /// <param name="details">The user.</param>
    /// <param name="forAdmin">Whether the reader gets the fields for admins.</param>
    /// <param name="isSelf">Whether the reader is the user, who is told what to do.</param>
    internal static UserResponse ToResponse(this UserDetails details, bool forAdmin, bool isSelf = false) => new(
        details.User.Id, details.User.Username, details.User.DisplayName, details.User.Language, details.User.Role,
        details.User.IsActive, details.User.CreatedAt, details.User.LastLoginAt, details.ActiveSessions,
        [.. details.Groups.Select(g => new GroupRefResponse(g.Id, g.Name))], forAdmin ? details.User.LockedUntil : null,
        (forAdmin || isSelf) && details.User.MustChangePassword, forAdmin);
}
