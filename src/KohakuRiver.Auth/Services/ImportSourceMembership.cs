namespace KohakuRiver.Auth;

/// <summary>A row of the old table <c>user_groups</c>.</summary>
/// <param name="Id">Its number in the old database.</param>
/// <param name="UserId">Who.</param>
/// <param name="GroupId">Belongs to which group.</param>
/// <param name="RoleOverride">A role inside the group, which the new host does not know.</param>
/// <param name="CreatedAt">When it was made; null when that cannot be read.</param>
public sealed record ImportSourceMembership(
    long Id, long? UserId, long? GroupId, string? RoleOverride, DateTimeOffset? CreatedAt);
