namespace KohakuRiver.Cli;

/// <summary>Options for calls.</summary>
/// <param name="Timeout">The time limit for one call including its response.</param>
/// <param name="Clock">The clock for timeouts and pauses.</param>
/// <param name="Note">Receives messages to show while waiting.</param>
/// <param name="Certificates">Checks the host's certificate.</param>
/// <param name="While">Makes a call, and shows that it is waited for; null where that is not shown.</param>
internal sealed record ApiCallOptions(
    TimeSpan Timeout, TimeProvider Clock, Action<string> Note, Certificates Certificates,
    Func<Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>>? While);
