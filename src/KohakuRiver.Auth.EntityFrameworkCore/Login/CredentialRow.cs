namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>The result of the one look-up of a credential.</summary>
/// <typeparam name="T">The credential's row.</typeparam>
internal sealed class CredentialRow<T>
{
    public required T Credential { get; init; }

    public required UserRow User { get; init; }

    public required List<long> GroupIds { get; init; }
}
