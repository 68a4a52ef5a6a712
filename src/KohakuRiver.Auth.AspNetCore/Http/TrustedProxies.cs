using System.Net;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore.Http;

/// <summary>The reverse proxies whose forwarded headers count.</summary>
internal sealed class TrustedProxies
{
    private readonly HashSet<IPAddress> addresses = [];
    private readonly List<IPNetwork> networks = [];

    public TrustedProxies(IOptions<KohakuAuthOptions> options)
        : this(options.Value.TrustedProxies)
    {
    }

    /// <exception cref="InvalidOperationException">An entry is neither an address nor a network.</exception>
    internal TrustedProxies(IEnumerable<string> entries)
    {
        foreach (var entry in entries)
        {
            if (IPAddress.TryParse(entry, out var address))
            {
                addresses.Add(ClientAddress.Normalise(address));
            }
            else if (IPNetwork.TryParse(entry, out var network))
            {
                networks.Add(network);
            }
            else
            {
                throw new InvalidOperationException($"KohakuAuth:TrustedProxies: '{SafeText.OneLine(entry, 64)}' is neither an address nor a network such as 10.0.0.0/8.");
            }
        }
    }

    /// <summary>True when nothing is trusted, which is the default.</summary>
    internal bool IsEmpty => addresses.Count == 0 && networks.Count == 0;

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
