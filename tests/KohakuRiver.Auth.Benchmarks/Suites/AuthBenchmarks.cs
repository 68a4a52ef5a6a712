using BenchmarkDotNet.Attributes;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Benchmarks.Suites;

/// <summary>The parts of a credential check. Public and open, because BenchmarkDotNet derives from it.</summary>
public class AuthBenchmarks
{
    private AuthWorld? world;
    private IChangeEpoch? changes;
    private long epoch;

    [GlobalSetup]
    public async Task PrepareAsync()
    {
        world = await AuthWorld.CreateAsync();
        changes = world.Changes;
        epoch = (await changes.ReadAsync(-1, CancellationToken.None)).Epoch;
    }

    [GlobalCleanup]
    public async Task CleanUpAsync()
    {
        if (world is not null)
        {
            await world.DisposeAsync();
        }
    }

    /// <summary>What comes before any look-up: reading the secret and hashing it.</summary>
    [Benchmark]
    public SecretHash Hash() =>
        SecretText.TryParse(SecretKind.ApiToken, world!.Token, out var parsed) ? parsed.Hash() : throw new InvalidOperationException();

    /// <summary>The part that makes sure nothing was revoked: reading the epoch where nothing has been written meanwhile.</summary>
    [Benchmark]
    public async ValueTask<PrincipalChanges> ValidateAsync() => await changes!.ReadAsync(epoch, CancellationToken.None);

    [Benchmark]
    public ValueTask<Actor> TokenAsync() => world!.CheckTokenAsync(world.Token);

    [Benchmark]
    public ValueTask<Actor> SessionAsync() => world!.CheckSessionAsync(world.Session);
}
