namespace KohakuRiver.Auth.Import;

/// <summary>An account to import, with what is imported with it or not at all.</summary>
internal sealed record ImportedAccount
{
    /// <summary>Valid and free, regardless of case.</summary>
    public required string Username { get; init; }

    /// <summary>The display name.</summary>
    public required string DisplayName { get; init; }

    /// <summary>As it was; <see cref="Role.Anony"/> too.</summary>
    public required Role Role { get; init; }

    /// <summary>False for an account that was disabled.</summary>
    public required bool IsActive { get; init; }

    /// <summary>The password hash, unchanged.</summary>
    public required string PasswordHash { get; init; }

    /// <summary>When it was created, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The marks by which it is found under the name it had; none where it keeps its name.</summary>
    public IReadOnlyList<ImportMark> FormerNames { get; init; } = [];

    /// <summary>Names of the groups it joins, regardless of case: created by the plan, or existing.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Its tokens, each with its own hash.</summary>
    public IReadOnlyList<ImportedApiToken> Tokens { get; init; } = [];

    /// <summary>The VPS instances assigned to it, each once.</summary>
    public IReadOnlyList<ImportedVps> Vps { get; init; } = [];
}
