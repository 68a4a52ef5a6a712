namespace KohakuRiver.Auth.Stores;

/// <summary>A set-up or password reset code. A used or replaced code's row is gone.</summary>
public sealed record OneUseCode
{
    /// <summary>The hash of the code.</summary>
    public required SecretHash Hash { get; init; }

    /// <summary>What it is good for.</summary>
    public required CodePurpose Purpose { get; init; }

    /// <summary>Whose password it resets; null for the set-up code.</summary>
    public UserRef? User { get; init; }

    /// <summary>The code is dead at and after this instant, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
