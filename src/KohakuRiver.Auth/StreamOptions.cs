namespace KohakuRiver.Auth;

/// <summary>
/// Configuration section <c>KohakuAuth:Streams</c>: long-lived connections, such as event streams, WebSockets and hubs.
/// </summary>
public sealed class StreamOptions
{
    /// <summary>How often the caller of an open connection is checked again. Default 5 s.</summary>
    public TimeSpan RecheckInterval { get; set; } = TimeSpan.FromSeconds(5);
}
