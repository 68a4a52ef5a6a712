using System.Net;

namespace KohakuRiver.Cli;

/// <summary>The address of a host.</summary>
internal sealed record HostAddress
{
    /// <summary>Where a host on this machine listens by default.</summary>
    internal const string Default = "http://localhost:8000";

    private HostAddress(Uri root) => Root = root;

    /// <summary>The base address; ends in a slash.</summary>
    internal Uri Root { get; }

    /// <summary>Whether nobody named it: it is where a host would be if there were one on this machine.</summary>
    internal bool IsAssumed { get; init; }

    /// <summary>The form shown and stored: scheme, host, port unless it is the default, path; no slash at the end.</summary>
    internal string Key => Root.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');

    internal bool IsLoopback => Root.IsLoopback;

    /// <summary>Whether a connection to it may be encrypted: by the host, or by a proxy on the way.</summary>
    internal bool MayUseTls => Root.Scheme == Uri.UriSchemeHttps || !IsLoopback;

    /// <summary>Whether the connection is unencrypted.</summary>
    internal bool IsExposed => Root.Scheme == Uri.UriSchemeHttp && !IsLoopback;

    /// <summary>Without a scheme it is https, except for this machine. Throws a usage error for an invalid address.</summary>
    internal static HostAddress Parse(string text)
    {
        var trimmed = text.Trim();
        var full = trimmed.Contains("://", StringComparison.Ordinal) ? trimmed : GuessScheme(trimmed) + "://" + trimmed;
        if (!Uri.TryCreate(full.TrimEnd('/') + "/", UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            || uri.Host.Length == 0)
        {
            throw CliException.Usage($"'{trimmed}' is not a host address; use the form https://river.example.org or localhost:8000.");
        }

        if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw CliException.Usage("A host address consists of scheme, name, port and path: no user, password, query or fragment.");
        }

        return new HostAddress(uri);
    }

    internal Uri Api(string path, IEnumerable<KeyValuePair<string, string?>>? query = null)
    {
        var pairs = query?.Where(p => p.Value is not null)
            .Select(p => Uri.EscapeDataString(p.Key) + "=" + Uri.EscapeDataString(p.Value!)).ToList() ?? [];
        return new Uri(Root, "api/" + path + (pairs.Count > 0 ? "?" + string.Join('&', pairs) : ""));
    }

    /// <summary>
    /// The address of a call as people write it: below <c>/api/</c>, or with a slash in front below the host's own address. Throws a usage
    /// error for anything that is not this host's, because the token goes there.
    /// </summary>
    internal Uri Call(string path)
    {
        var isBelowRoot = path.StartsWith('/') || path.StartsWith("api/", StringComparison.Ordinal);
        var text = Uri.TryCreate(path, UriKind.Absolute, out var whole) && !whole.IsFile ? path
            : (isBelowRoot ? "" : "api/") + path.TrimStart('/');
        return Uri.TryCreate(Root, text, out var uri) && IsOwn(uri)
            ? uri
            : throw CliException.Usage($"'{path}' is not an address of {this}; the token goes nowhere else. Choose the host with --host.");
    }

    private bool IsOwn(Uri uri) => uri.UserInfo.Length == 0
        && Uri.Compare(uri, Root, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0
        && uri.AbsolutePath.StartsWith(Root.AbsolutePath, StringComparison.Ordinal);

    public override string ToString() => Key;

    private static string GuessScheme(string text)
    {
        var name = text.Split('/')[0];
        var isHere = name.Split(':')[0].Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (
                Uri.TryCreate("http://" + name, UriKind.Absolute, out var uri)
                    && IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip)
                    && IPAddress.IsLoopback(ip));
        return isHere ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
    }
}
