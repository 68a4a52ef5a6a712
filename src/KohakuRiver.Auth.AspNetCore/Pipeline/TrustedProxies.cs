using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>What stands in front of this host: the reverse proxies whose forwarded headers count, and the address people know.</summary>
internal sealed class TrustedProxies
{
    /// <summary>The entry for whoever reaches the host through a unix socket.</summary>
    internal const string Unix = "unix";

    private const int UsualIPv4 = 8;
    private const int UsualIPv6 = 32;

    private readonly HashSet<IPAddress> addresses = [];
    private readonly List<IPNetwork> networks = [];

    public TrustedProxies(IOptions<KohakuAuthOptions> options)
        : this(options.Value.TrustedProxies)
    {
        PublicUrl = options.Value.PublicUrl;
        PublicPath = PublicUrl?.AbsolutePath.TrimEnd('/') ?? "";
    }

    /// <exception cref="InvalidOperationException">An entry is neither an address nor a network.</exception>
    internal TrustedProxies(IEnumerable<string> entries)
    {
        foreach (var entry in entries)
        {
            if (string.Equals(entry, Unix, StringComparison.OrdinalIgnoreCase))
            {
                TrustsUnix = true;
            }
            else if (IPAddress.TryParse(entry, out var address))
            {
                addresses.Add(ClientAddress.Normalise(address));
            }
            else if (IPNetwork.TryParse(entry, out var network))
            {
                networks.Add(network);
            }
            else
            {
                throw new InvalidOperationException(
                    $"KohakuAuth:TrustedProxies: '{SafeText.OneLine(entry, 64)}' is neither an address nor a network such as 10.0.0.0/8.");
            }
        }
    }

    /// <summary>True when nothing is trusted, which is the default.</summary>
    internal bool IsEmpty => addresses.Count == 0 && networks.Count == 0 && !TrustsUnix;

    /// <summary>Whether what comes through a unix socket comes from a trusted proxy.</summary>
    internal bool TrustsUnix { get; }

    /// <summary>The address people reach this host at; null when it is not configured.</summary>
    internal Uri? PublicUrl { get; }

    /// <summary>The path of <see cref="PublicUrl"/> without a slash at its end; empty for none.</summary>
    internal string PublicPath { get; } = "";

    /// <summary>The networks that are larger than anybody's own: whoever is in one of them chooses the address that is believed.</summary>
    internal IEnumerable<IPNetwork> Wide =>
        networks.Where(n => n.PrefixLength < (n.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? UsualIPv4 : UsualIPv6));

    /// <summary>Whether the normalised address is a trusted proxy's.</summary>
    internal bool Contains(IPAddress address)
    {
        if (addresses.Contains(address))
        {
            return true;
        }

        foreach (var network in networks)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }
}
