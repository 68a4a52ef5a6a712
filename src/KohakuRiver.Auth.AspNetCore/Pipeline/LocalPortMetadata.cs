using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Endpoint metadata: the ports of this machine at which the endpoint is served.</summary>
internal sealed class LocalPortMetadata
{
    private readonly FrozenSet<int> ports;

    /// <exception cref="ArgumentException">No port, or an invalid one.</exception>
    internal LocalPortMetadata(IReadOnlyCollection<int> ports)
    {
        if (ports.Count == 0)
        {
            throw new ArgumentException("Name at least one port.", nameof(ports));
        }

        foreach (var port in ports)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(port, 1, nameof(ports));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(port, 65_535, nameof(ports));
        }

        this.ports = ports.ToFrozenSet();
    }

    /// <summary>Whether the connection came in at one of the ports. What has no port, such as a unix socket, came in at none.</summary>
    internal bool Allows(HttpContext context) => ports.Contains(context.Connection.LocalPort);
}
