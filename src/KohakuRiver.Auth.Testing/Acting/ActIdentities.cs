using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace KohakuRiver.Auth.Testing;

/// <summary>
/// The identities announced by clients of this process. A request carries only a key, 256 random bits that have a meaning in this
/// process only: a request from outside cannot name an identity.
/// </summary>
internal static class ActIdentities
{
    public const string Header = "X-Kohaku-Act-As";

    private static readonly ConcurrentDictionary<string, ActIdentity> Announced = new(StringComparer.Ordinal);

    public static string Announce(ActIdentity identity)
    {
        var key = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        Announced[key] = identity;
        return key;
    }

    /// <summary>Null for a key that was not announced here.</summary>
    public static ActIdentity? Find(string? key) => key is not null && Announced.TryGetValue(key, out var identity) ? identity : null;
}
