namespace KohakuRiver.Auth;

/// <summary>
/// Configuration section <c>KohakuAuth:Streams</c>: connections that stay open, such as event streams, WebSockets and hubs.
/// </summary>
public sealed class StreamOptions
{
    /// <summary>How often it is asked whether whoever opened a connection may still have it. Default 5 s.</summary>
    public TimeSpan RecheckInterval { get; set; } = TimeSpan.FromSeconds(5);
}
