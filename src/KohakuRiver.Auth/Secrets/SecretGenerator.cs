namespace KohakuRiver.Auth;

/// <summary>Generates secrets from the system's cryptographic generator: 256 random bits each.</summary>
public static class SecretGenerator
{
    /// <summary>A new secret of the kind.</summary>
    public static SecretText Create(SecretKind kind) => new(kind, SecretFormat.Create(kind));
}
