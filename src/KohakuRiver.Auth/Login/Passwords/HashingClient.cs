namespace KohakuRiver.Auth;

/// <summary>Who has a password hashed: what places and turns of the <see cref="HashingQueue"/> are shared out by.</summary>
/// <param name="Address">The part of the network one client can hold; null outside requests, and then nothing is shared out by it.</param>
/// <param name="Account">The name as it was sent, folded, whether or not anybody has it; null where nobody is named.</param>
internal readonly record struct HashingClient(string? Address, string? Account)
{
    /// <summary>Folds the name, so that its spellings are one account.</summary>
    internal static HashingClient Of(string? bucket, string? username) => new(bucket, username?.ToUpperInvariant());
}
