namespace KohakuRiver.SampleHost.Tests.SeveralHosts;

/// <summary>
/// One pair for the tests that leave it as good as they found it; they run one after the other. Started by the first that asks, so that
/// without PostgreSQL it is the tests that are skipped.
/// </summary>
public sealed class SharedPair(PostgresServer server) : IAsyncDisposable
{
    public const string Name = "two hosts";

    private HostPair? pair;

    public async ValueTask DisposeAsync()
    {
        if (pair is not null)
        {
            await pair.DisposeAsync();
        }
    }

    internal async Task<HostPair> GetAsync() => pair ??= await HostPair.StartAsync(server);
}
