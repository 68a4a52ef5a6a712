namespace KohakuRiver.Auth;

/// <summary>An invitation to create.</summary>
public sealed record CreateInvitationCommand
{
    /// <summary>The role it grants.</summary>
    public required Role Role { get; init; }

    /// <summary>The group to join; null for none.</summary>
    public long? GroupId { get; init; }

    /// <summary>How often it can be used, 1 to 10 000.</summary>
    public int MaxUses { get; init; } = 1;

    /// <summary>In how many hours it expires, 1 to 720; null = as configured in the settings.</summary>
    public int? ExpiresHours { get; init; }
}
