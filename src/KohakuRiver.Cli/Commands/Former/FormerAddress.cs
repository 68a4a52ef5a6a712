using System.Globalization;

namespace KohakuRiver.Cli;

/// <summary>
/// Hosts as the original command line names them: a name without a scheme is plain HTTP, and the port is told separately.
/// </summary>
internal static class FormerAddress
{
    internal const string HostVariable = "KOHAKURIVER_HOST";
    internal const string PortVariable = "KOHAKURIVER_PORT";
    private const int UsualPort = 8000;

    /// <summary>What the original's variables name; null where neither is set. Throws a usage error for an invalid address.</summary>
    internal static HostAddress? OfEnvironment(Func<string, string?> environment)
    {
        var host = environment(HostVariable);
        var port = environment(PortVariable);
        return string.IsNullOrWhiteSpace(host) && string.IsNullOrWhiteSpace(port) ? null : Of(host, port, PortVariable);
    }

    /// <param name="host">The name, or a whole address; null or empty for this machine.</param>
    /// <param name="port">The port; null or empty for 8000, or for the one that the address has.</param>
    /// <param name="portName">What the port is called in a usage error.</param>
    internal static HostAddress Of(string? host, string? port, string portName)
    {
        var number = string.IsNullOrWhiteSpace(port) ? (int?)null
            : int.TryParse(port.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var typed)
                && typed is > 0 and <= ushort.MaxValue
                ? typed
                : throw CliException.Usage($"{portName} takes a port from 1 to 65535, not '{port}'.");
        var name = string.IsNullOrWhiteSpace(host) ? "localhost" : host.Trim();
        var hasScheme = name.Contains("://", StringComparison.Ordinal);
        var address = HostAddress.Parse(hasScheme ? name : "http://" + name);
        if (!address.Root.IsDefaultPort || (hasScheme && number is null))
        {
            return address;
        }

        return HostAddress.Parse(new UriBuilder(address.Root) { Port = number ?? UsualPort }.Uri.AbsoluteUri);
    }
}
