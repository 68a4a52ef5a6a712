namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Invitations">The list.</param>
/// <param name="Role">Only those for this role; null for all.</param>
/// <param name="State">Only those in this state; null for all.</param>
internal sealed record InvitationsModel(WholeList<Invitation> Invitations, Role? Role, string? State)
{
    /// <summary>The states of invitations.</summary>
    internal static string[] States { get; } = ["open", "used up", "expired"];

    internal static string StateOf(Invitation invitation, DateTimeOffset now) =>
        invitation.IsOpen(now) ? "open" : invitation.RemainingUses == 0 ? "used up" : "expired";
}

internal sealed record NewInvitationModel(IReadOnlyList<Group> Groups, int UsualHours);

/// <summary>An invitation whose code is shown this once.</summary>
internal sealed record CreatedInvitationModel(Invitation Invitation, string Code, string Link);
