namespace KohakuRiver.Auth.AdminPanel;

internal sealed record InvitationsModel(Page<Invitation> Invitations, bool IsFirst);

internal sealed record NewInvitationModel(IReadOnlyList<Group> Groups, int UsualHours);

/// <summary>An invitation whose code is shown this once.</summary>
internal sealed record CreatedInvitationModel(Invitation Invitation, string Code, string Link);
