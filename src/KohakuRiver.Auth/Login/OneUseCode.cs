namespace KohakuRiver.Auth.Stores;

/// <summary>A setup or password reset code. A used or replaced code has no row.</summary>
public sealed record OneUseCode
{
    /// <summary>The hash of the code.</summary>
    public required SecretHash Hash { get; init; }

    /// <summary>Its purpose.</summary>
    public required CodePurpose Purpose { get; init; }

    /// <summary>The user whose password it resets; null for the setup code.</summary>
    public UserRef? User { get; init; }

    /// <summary>The code is invalid from this instant on, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
