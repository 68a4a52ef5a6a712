namespace KohakuRiver.Auth;

/// <summary>Configuration section <c>KohakuAuth:Limits</c>.</summary>
public sealed class LimitOptions
{
    /// <summary>API tokens per user. Default 50.</summary>
    public int TokensPerUser { get; set; } = 50;

    /// <summary>Sessions per user; the oldest ends when there is one more. Default 20.</summary>
    public int SessionsPerUser { get; set; } = 20;

    /// <summary>Open invitations in all. Default 1 000.</summary>
    public int OpenInvitations { get; set; } = 1000;

    /// <summary>
    /// Credentials kept resolved in this process, least recently used out; about 1 KB each. Zero looks every one up anew. Only with stores
    /// that offer an <see cref="Stores.IChangeEpoch"/>. Default 100 000.
    /// </summary>
    public int CachedCredentials { get; set; } = 100_000;
}
