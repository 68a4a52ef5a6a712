namespace KohakuRiver.Auth.Stores;

/// <summary>An invitation to create.</summary>
public sealed record NewInvitation
{
    /// <summary>The hash of the code.</summary>
    public required SecretHash Hash { get; init; }

    /// <summary>The recognizable first characters.</summary>
    public required string Prefix { get; init; }

    /// <summary>The role it grants.</summary>
    public required Role Role { get; init; }

    /// <summary>The group to join, which must exist; null for none.</summary>
    public long? GroupId { get; init; }

    /// <summary>The number of uses, at least 1.</summary>
    public required int MaxUses { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The creator, who must exist; null for the master secret.</summary>
    public long? CreatedById { get; init; }

    /// <summary>The creator's name.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How many open invitations may exist in total.</summary>
    public required int Limit { get; init; }
}
