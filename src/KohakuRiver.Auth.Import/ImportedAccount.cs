namespace KohakuRiver.Auth.Import;

/// <summary>An account to be imported, with what comes along with it or not at all.</summary>
internal sealed record ImportedAccount
{
    /// <summary>Valid and free, regardless of case.</summary>
    public required string Username { get; init; }

    /// <summary>The name shown to people.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Not <see cref="Role.Anony"/>.</summary>
    public required Role Role { get; init; }

    /// <summary>False for an account that was disabled.</summary>
    public required bool IsActive { get; init; }

    /// <summary>The hash as it was.</summary>
    public required string PasswordHash { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Names of the groups it joins, regardless of case: made by the plan, or there.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Its tokens, each with a hash of its own.</summary>
    public IReadOnlyList<ImportedApiToken> Tokens { get; init; } = [];

    /// <summary>The VPS instances given to it, each once.</summary>
    public IReadOnlyList<ImportedVps> Vps { get; init; } = [];
}
