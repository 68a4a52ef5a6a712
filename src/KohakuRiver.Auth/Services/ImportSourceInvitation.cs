namespace KohakuRiver.Auth;

/// <summary>A row of the old table <c>invitations</c>.</summary>
/// <param name="Id">Its number in the old database.</param>
/// <param name="Code">The code itself, which the original host keeps in plain text.</param>
/// <param name="Role">The name of the role it gives.</param>
/// <param name="GroupId">The group it names; null for none.</param>
/// <param name="MaxUses">How many accounts it may make.</param>
/// <param name="Uses">How many it has made.</param>
/// <param name="ExpiresAt">When it dies; null when that cannot be read.</param>
/// <param name="CreatedById">Its maker; null for the master secret.</param>
/// <param name="CreatedAt">When it was made; null when that cannot be read.</param>
public sealed record ImportSourceInvitation(
    long Id, string? Code, string? Role, long? GroupId, long MaxUses, long Uses, DateTimeOffset? ExpiresAt, long? CreatedById, DateTimeOffset? CreatedAt);
