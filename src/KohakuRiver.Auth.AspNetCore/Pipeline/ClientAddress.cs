using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Primitives;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Which address a request came from. <c>X-Forwarded-For</c> counts only as far as trusted proxies wrote it: the
/// right-most hop that is not one of them is the client.
/// </summary>
internal static class ClientAddress
{
    // More hops than any real chain has; a longer header is forged.
    private const int MostHops = 16;

    /// <summary>The client's address, and through how many trusted hops the request came (0 = directly).</summary>
    /// <param name="peer">Who is at the other end of the connection; null where that has no address.</param>
    /// <param name="isUnix">Whether the connection is a unix socket's, which is a proxy's where <c>unix</c> is trusted.</param>
    /// <param name="forwardedFor">The header.</param>
    /// <param name="proxies">Whose word counts.</param>
    internal static (IPAddress? Address, int TrustedHops) Find(
        IPAddress? peer, bool isUnix, StringValues forwardedFor, TrustedProxies proxies)
    {
        var current = peer is null ? null : Normalise(peer);
        if (proxies.IsEmpty)
        {
            return (current, 0);
        }

        var hops = 0;
        var header = forwardedFor.ToString();
        var end = header.Length;
        while ((current is null ? isUnix && proxies.TrustsUnix : proxies.Contains(current)) && hops < MostHops)
        {
            hops++;
            if (end <= 0)
            {
                break;
            }

            var comma = header.LastIndexOf(',', end - 1);
            if (!TryParseHop(header.AsSpan(comma + 1, end - comma - 1).Trim(), out var next))
            {
                break;
            }

            current = next;
            end = comma;
        }

        return (current, hops);
    }

    /// <summary>IPv4 written as IPv6 becomes IPv4, and a zone is dropped, so that one client has one address.</summary>
    internal static IPAddress Normalise(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        return address is { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 }
            ? new IPAddress(address.GetAddressBytes())
            : address;
    }

    private static bool TryParseHop(ReadOnlySpan<char> hop, out IPAddress address)
    {
        address = IPAddress.None;

        // 1.2.3.4, 1.2.3.4:5678, 2001:db8::1, [2001:db8::1]:5678. The number-only and octal forms of IPv4 are not addresses here.
        if (hop.IsEmpty || !IPEndPoint.TryParse(hop, out var endPoint))
        {
            return false;
        }

        if (endPoint.AddressFamily == AddressFamily.InterNetwork && hop.Count('.') != 3)
        {
            return false;
        }

        address = Normalise(endPoint.Address);
        return true;
    }
}
