namespace KohakuRiver.Auth.Stores;

/// <summary>An account to create.</summary>
public sealed record NewUser
{
    /// <summary>Valid and not reserved; the store checks only that it is free, regardless of case.</summary>
    public required string Username { get; init; }

    /// <summary>The display name.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The role. Where an invitation creates the account, the invitation's role applies instead.</summary>
    public required Role Role { get; init; }

    /// <summary>The finished password hash; <see cref="PasswordRecord.NoPassword"/> for an account without a password.</summary>
    public required string PasswordHash { get; init; }

    /// <summary>Groups to join. Where an invitation creates the account, the invitation's group applies instead.</summary>
    public IReadOnlyList<long> GroupIds { get; init; } = [];

    /// <summary>Whether the password has to be changed at the first login; see <see cref="User.MustChangePassword"/>.</summary>
    public bool MustChangePassword { get; init; }

    /// <summary>
    /// A code by which the person sets the first password; null for none. Written with the user, so that no account is left without a
    /// way in. Only <see cref="IAccountStore.TryCreateUserAsync"/> knows it.
    /// </summary>
    public NewPasswordCode? PasswordCode { get; init; }

    /// <summary>When it is created, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
