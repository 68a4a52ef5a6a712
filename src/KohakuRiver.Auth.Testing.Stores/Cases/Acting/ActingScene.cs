using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>An admin with a session and a token, and one of everything to change.</summary>
internal sealed record ActingScene
{
    public required User Admin { get; init; }

    public required Actor BySession { get; init; }

    public required Actor ByToken { get; init; }

    public required Actor ByIdentity { get; init; }

    public required User User { get; init; }

    public required Session TargetSession { get; init; }

    public required ApiToken TargetToken { get; init; }

    public required ExternalIdentity TargetIdentity { get; init; }

    public required Invitation Invitation { get; init; }

    public required SecretHash InvitationCode { get; init; }

    public required Group Group { get; init; }

    public required Approval Pending { get; init; }

    public required OneUseCode Reset { get; init; }

    /// <summary>Not created yet.</summary>
    public required OneUseCode NextReset { get; init; }
}
