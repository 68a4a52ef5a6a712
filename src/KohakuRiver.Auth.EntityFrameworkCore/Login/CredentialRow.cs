namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>What the one look-up of a credential gives.</summary>
/// <typeparam name="T">The credential's row.</typeparam>
internal sealed class CredentialRow<T>
{
    public required T Credential { get; init; }

    public required UserRow User { get; init; }

    public required List<long> GroupIds { get; init; }
}
