namespace KohakuRiver.Auth.Stores;

/// <summary>An invitation to be made.</summary>
public sealed record NewInvitation
{
    /// <summary>The hash of the code.</summary>
    public required SecretHash Hash { get; init; }

    /// <summary>The recognisable first characters.</summary>
    public required string Prefix { get; init; }

    /// <summary>The role it gives.</summary>
    public required Role Role { get; init; }

    /// <summary>The group it gives, which must exist; null for none.</summary>
    public long? GroupId { get; init; }

    /// <summary>At least 1.</summary>
    public required int MaxUses { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The maker, who must exist; null for the master secret.</summary>
    public long? CreatedById { get; init; }

    /// <summary>The maker's name.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How many open invitations there may be in all.</summary>
    public required int Limit { get; init; }
}
