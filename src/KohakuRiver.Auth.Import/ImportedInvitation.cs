namespace KohakuRiver.Auth.Import;

/// <summary>An open invitation to be imported.</summary>
internal sealed record ImportedInvitation
{
    /// <summary>The SHA-256 of the code.</summary>
    public required SecretHash Hash { get; init; }

    /// <summary>The first characters of the code.</summary>
    public required string Prefix { get; init; }

    /// <summary>The role it gives.</summary>
    public required Role Role { get; init; }

    /// <summary>The name of the group it gives, regardless of case: made by the plan, or there; null for none.</summary>
    public string? Group { get; init; }

    /// <summary>How many accounts it may make in all; above <see cref="Uses"/>.</summary>
    public required int MaxUses { get; init; }

    /// <summary>How many it has made.</summary>
    public required int Uses { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The maker's username, regardless of case: made by the plan, or there; null for the master secret.</summary>
    public string? Maker { get; init; }

    /// <summary>The maker's name, for lists.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
