namespace KohakuRiver.Auth.Import;

/// <summary>An open invitation to import.</summary>
internal sealed record ImportedInvitation
{
    /// <summary>The SHA-256 of the code.</summary>
    public required SecretHash Hash { get; init; }

    /// <summary>The first characters of the code.</summary>
    public required string Prefix { get; init; }

    /// <summary>The role it grants.</summary>
    public required Role Role { get; init; }

    /// <summary>The name of the group to join, regardless of case: created by the plan, or existing; null for none.</summary>
    public string? Group { get; init; }

    /// <summary>How many accounts it may create in total; above <see cref="Uses"/>.</summary>
    public required int MaxUses { get; init; }

    /// <summary>How many it has created.</summary>
    public required int Uses { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The creator's username, regardless of case: created by the plan, or existing; null for the master secret.</summary>
    public string? Maker { get; init; }

    /// <summary>The creator's name, for lists.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
