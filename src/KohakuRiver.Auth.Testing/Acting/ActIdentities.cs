using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace KohakuRiver.Auth.Testing;

/// <summary>
/// What clients of this process have announced. Only a key travels with a request, 256 random bits that mean something in this
/// process alone: a request from outside cannot name an identity.
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
