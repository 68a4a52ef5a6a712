namespace KohakuRiver.Auth;

/// <summary>The client that has a password hashed; the <see cref="HashingQueue"/> shares out its places and turns by it.</summary>
/// <param name="Address">The part of the network one client can hold; null outside requests, where it is ignored.</param>
/// <param name="Account">The name as sent, folded, whether or not it exists; null without a name.</param>
internal readonly record struct HashingClient(string? Address, string? Account)
{
    /// <summary>Folds the name, so that its spellings are one account.</summary>
    internal static HashingClient Of(string? bucket, string? username) => new(bucket, username?.ToUpperInvariant());
}
