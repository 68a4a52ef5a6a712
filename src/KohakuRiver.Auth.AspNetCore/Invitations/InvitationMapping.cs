namespace KohakuRiver.Auth.AspNetCore;

/// <summary>From invitations to their contracts.</summary>
internal static class InvitationMapping
{
    internal static InvitationResponse ToResponse(
        this Invitation invitation, DateTimeOffset now, string? code = null, string? url = null) => new(
        invitation.Id, code ?? ShortOf(invitation.Prefix), invitation.Prefix, invitation.Role, invitation.Group?.Id, invitation.MaxUses,
        invitation.Uses, invitation.RemainingUses, invitation.ExpiresAt, invitation.IsOpen(now), invitation.CreatedById,
        invitation.CreatedAt, url);

    // Existing clients show the beginning of this text, and cannot do without one. No code holds an ellipsis.
    private static string ShortOf(string prefix) => prefix + "…";
}
