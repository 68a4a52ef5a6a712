namespace KohakuRiver.Cli;

/// <summary>The content of <c>auth.json</c>.</summary>
internal sealed record AuthState
{
    internal const int CurrentVersion = 1;

    public int Version { get; init; } = CurrentVersion;

    /// <summary>The default host; a key of <see cref="Hosts"/> or null.</summary>
    public string? Current { get; init; }

    /// <summary>By host address, for example <c>https://river.example.org</c>.</summary>
    public IReadOnlyDictionary<string, HostLogin> Hosts { get; init; } = new Dictionary<string, HostLogin>(StringComparer.Ordinal);

    /// <summary>Further accounts by host address; null for none.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<HostLogin>>? Others { get; init; }

    /// <summary>Hosts by the short names that their user gave them; null for none. Others who read the file pass over it.</summary>
    public IReadOnlyDictionary<string, string>? Names { get; init; }

    /// <summary>Whether it was read from a file of the original command line, which a change rewrites.</summary>
    internal bool IsFormer { get; init; }

    internal HostLogin? Find(string host) => Hosts.GetValueOrDefault(host);

    /// <summary>The host of a short name, regardless of case; null for none.</summary>
    internal string? HostNamed(string name) =>
        Names?.FirstOrDefault(n => string.Equals(n.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The short name of a host; null for none.</summary>
    internal string? NameOf(string host) => Names?.FirstOrDefault(n => n.Value == host).Key;

    /// <summary>With this short name for a host, which loses its old one; whoever had the name loses it.</summary>
    internal AuthState Naming(string host, string name) => this with
    {
        Names = (Names ?? new Dictionary<string, string>(StringComparer.Ordinal))
            .Where(n => n.Value != host && !string.Equals(n.Key, name, StringComparison.OrdinalIgnoreCase))
            .Append(new(name, host))
            .ToDictionary(StringComparer.Ordinal),
    };

    /// <summary>The login of this account on the host; null for none.</summary>
    internal HostLogin? Find(string host, string username) =>
        AllOf(host).FirstOrDefault(l => string.Equals(l.Username, username, StringComparison.OrdinalIgnoreCase));

    /// <summary>The login of the same account as this one; null for none.</summary>
    internal HostLogin? FindSame(string host, HostLogin login) => AllOf(host).FirstOrDefault(l => l.IsOfSameAccount(login));

    /// <summary>All accounts logged in to a host; first the one in use.</summary>
    internal IEnumerable<HostLogin> AllOf(string host) =>
        (Find(host) is { } inUse ? [inUse] : Array.Empty<HostLogin>()).Concat(OthersOf(host));

    /// <summary>With this login in use. That of the same account is replaced, those of others stay.</summary>
    internal AuthState With(string host, HostLogin login) => Arranged(
        host, [login, .. AllOf(host).Where(l => !l.IsOfSameAccount(login))]) with { Current = host };

    /// <summary>Without entries that hold no token, as files edited by hand may have.</summary>
    internal AuthState Usable() => this with
    {
        // The parser fills in what a file says, null too.
        Hosts = (Hosts as IReadOnlyDictionary<string, HostLogin?> ?? new Dictionary<string, HostLogin?>(StringComparer.Ordinal))
            .Where(h => !string.IsNullOrEmpty(h.Value?.Token))
            .ToDictionary(h => h.Key, h => h.Value!, StringComparer.Ordinal),
        Others = (Others as IReadOnlyDictionary<string, IReadOnlyList<HostLogin?>?>)?
            .ToDictionary(
                o => o.Key,
                IReadOnlyList<HostLogin> (o) => [.. (o.Value ?? []).OfType<HostLogin>().Where(l => !string.IsNullOrEmpty(l.Token))],
                StringComparer.Ordinal),
        Names = (Names as IReadOnlyDictionary<string, string?>)?
            .Where(n => !string.IsNullOrEmpty(n.Value))
            .ToDictionary(n => n.Key, n => n.Value!, StringComparer.Ordinal),
    };

    /// <summary>Without this login; the next account of the host comes in its place, or the only other host becomes the default.</summary>
    internal AuthState Without(string host, HostLogin login)
    {
        var left = Arranged(host, [.. AllOf(host).Where(l => l.Token != login.Token)]);
        return left.Current != host || left.Find(host) is not null ? left
            : left with { Current = left.Hosts.Count == 1 ? left.Hosts.Keys.Single() : null };
    }

    private IReadOnlyList<HostLogin> OthersOf(string host) => Others?.GetValueOrDefault(host) ?? [];

    private AuthState Arranged(string host, IReadOnlyList<HostLogin> logins)
    {
        var hosts = Hosts.Where(h => h.Key != host).ToDictionary(StringComparer.Ordinal);
        var others = (Others ?? new Dictionary<string, IReadOnlyList<HostLogin>>(StringComparer.Ordinal))
            .Where(o => o.Key != host)
            .ToDictionary(StringComparer.Ordinal);
        if (logins.Count > 0)
        {
            hosts[host] = logins[0];
        }

        if (logins.Count > 1)
        {
            others[host] = [.. logins.Skip(1)];
        }

        // A name leads to a login: without one it would send what is meant for this host to whoever has the name on the network.
        var names = Names?.Where(n => hosts.ContainsKey(n.Value)).ToDictionary(StringComparer.Ordinal);
        return this with { Hosts = hosts, Others = others.Count > 0 ? others : null, Names = names is { Count: > 0 } ? names : null };
    }
}
