namespace KohakuRiver.Auth.Stores;

/// <summary>An account to be made.</summary>
public sealed record NewUser
{
    /// <summary>Valid and not reserved; the store checks only that it is free, regardless of case.</summary>
    public required string Username { get; init; }

    /// <summary>The name shown to people.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Not <see cref="Role.Anony"/>. Where an invitation makes the account, the invitation's role counts instead.</summary>
    public required Role Role { get; init; }

    /// <summary>The finished hash.</summary>
    public required string PasswordHash { get; init; }

    /// <summary>Groups to join. Where an invitation makes the account, the invitation's group counts instead.</summary>
    public IReadOnlyList<long> GroupIds { get; init; } = [];

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
