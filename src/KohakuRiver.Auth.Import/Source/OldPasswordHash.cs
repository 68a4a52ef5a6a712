using System.Buffers;

namespace KohakuRiver.Auth.Import;

/// <summary>
/// The password hashes of an original host: plain bcrypt. With any other text, nobody could log in to the account.
/// </summary>
internal static class OldPasswordHash
{
    private const int Length = 60;

    private static readonly SearchValues<char> Base64 =
        SearchValues.Create("./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>Whether it can be read, and has a cost that a login accepts: 4 to 16.</summary>
    internal static bool IsReadable(string? hash) => hash is { Length: Length }
        && hash is ['$', '2', 'a' or 'b' or 'y', '$', _, _, '$', ..]
        && hash[4..6] is "04" or "05" or "06" or "07" or "08" or "09" or "10" or "11" or "12" or "13" or "14" or "15" or "16"
        && !hash.AsSpan(7).ContainsAnyExcept(Base64);
}
