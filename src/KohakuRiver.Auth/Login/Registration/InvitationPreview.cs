namespace KohakuRiver.Auth;

/// <summary>What an open invitation would grant.</summary>
/// <param name="Role">The role.</param>
/// <param name="Group">The group, or null.</param>
/// <param name="ExpiresAt">When the invitation expires, UTC.</param>
public sealed record InvitationPreview(Role Role, GroupRef? Group, DateTimeOffset ExpiresAt);
