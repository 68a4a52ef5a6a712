namespace KohakuRiver.Auth;

/// <summary>A row of the old table <c>vps_assignments</c>.</summary>
/// <param name="Id">Its number in the old database.</param>
/// <param name="VpsId">The number of the VPS task.</param>
/// <param name="UserId">Whom it is given to.</param>
/// <param name="CreatedAt">When it was made; null when that cannot be read.</param>
public sealed record ImportSourceVpsAssignment(
    long Id, string? VpsId, long? UserId, DateTimeOffset? CreatedAt);
