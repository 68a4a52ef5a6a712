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

    /// <summary>Whether it was read from a file of the original command line, which a change rewrites.</summary>
    internal bool IsFormer { get; init; }

    internal HostLogin? Find(string host) => Hosts.GetValueOrDefault(host);

    internal AuthState With(string host, HostLogin login) => this with
    {
        Current = host,
        Hosts = new Dictionary<string, HostLogin>(Hosts, StringComparer.Ordinal) { [host] = login },
    };

    /// <summary>Without entries that hold no token, as files edited by hand may have.</summary>
    internal AuthState Usable() => this with
    {
        // The parser fills in what a file says, null too.
        Hosts = (Hosts as IReadOnlyDictionary<string, HostLogin?> ?? new Dictionary<string, HostLogin?>(StringComparer.Ordinal))
            .Where(h => !string.IsNullOrEmpty(h.Value?.Token))
            .ToDictionary(h => h.Key, h => h.Value!, StringComparer.Ordinal),
    };

    /// <summary>Without this host; another one becomes the default only if it is the only one left.</summary>
    internal AuthState Without(string host)
    {
        var left = Hosts.Where(h => h.Key != host).ToDictionary(StringComparer.Ordinal);
        var current = Current != host ? Current : left.Count == 1 ? left.Keys.Single() : null;
        return this with { Current = current, Hosts = left };
    }
}
