namespace KohakuRiver.Auth.Stores;

/// <summary>
/// The code (purpose <see cref="CodePurpose.PasswordReset"/>) that comes with a <see cref="NewUser"/> without a password.
/// </summary>
public sealed record NewPasswordCode
{
    /// <summary>The hash of the code.</summary>
    public required SecretHash Hash { get; init; }

    /// <summary>The code is invalid from this instant on, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
