using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>
/// The base of the conformance suite. A store's author derives one class from each of the suite's abstract classes
/// and says in <see cref="OpenAsync"/> how to reach the database; the facts are inherited.
/// <see cref="ConformanceCompleteness"/> fails when a class was forgotten.
/// </summary>
/// <remarks>
/// The runner makes one instance a fact, so a database that belongs to the instance is fresh for each fact. The suite
/// reads no clock and no random source: times, hashes and operation ids come from counters.
/// </remarks>
public abstract partial class StoreConformance : IAsyncLifetime
{
    private readonly List<KohakuStoreSet> opened = [];
    private readonly Dictionary<Type, IAsyncDisposable> shared = [];
    private KohakuStoreSet? stores;

    /// <summary>
    /// The one seam: opens this instance's database, which is empty the first time. Called twice it gives two
    /// independent connections to the same data, as two processes would have. The suite calls
    /// <see cref="KohakuStoreSet.InitializeAsync"/> itself, and disposes of what it was given where that can be disposed of.
    /// </summary>
    protected abstract Task<KohakuStoreSet> OpenAsync();

    /// <summary>The stores under test.</summary>
    /// <exception cref="InvalidOperationException">Before <see cref="InitializeAsync"/>.</exception>
    protected KohakuStoreSet Stores => stores ?? throw new InvalidOperationException("InitializeAsync opens the stores.");

    /// <summary>The token of the running test.</summary>
    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <inheritdoc />
    public virtual async ValueTask InitializeAsync() => await OpenAtOnceAsync(1);

    /// <inheritdoc />
    public virtual async ValueTask DisposeAsync()
    {
        foreach (var set in opened)
        {
            if (set is IAsyncDisposable asynchronous)
            {
                await asynchronous.DisposeAsync();
            }
            else if (set is IDisposable disposable)
            {
                disposable.Dispose();
            }
        }

        opened.Clear();
        foreach (var resource in shared.Values)
        {
            await resource.DisposeAsync();
        }

        shared.Clear();
        GC.SuppressFinalize(this);
    }

    /// <summary>What all sets of a fact stand on, such as a throw-away database. One a type and fact.</summary>
    /// <param name="make">Makes it; called the first time only.</param>
    /// <returns>The same object each time. It is disposed of when the fact is over, after the sets.</returns>
    protected T Shared<T>(Func<T> make)
        where T : class, IAsyncDisposable
    {
        ArgumentNullException.ThrowIfNull(make);
        if (!shared.TryGetValue(typeof(T), out var known))
        {
            shared.Add(typeof(T), known = make());
        }

        return (T)known;
    }

    /// <summary>A further, independent set over the same data, ready for use.</summary>
    protected async Task<KohakuStoreSet> OpenAnotherAsync() => (await OpenAtOnceAsync(1))[0];

    /// <summary>Opens several sets over the same data and makes them ready in parallel, as hosts that start together do.</summary>
    protected async Task<IReadOnlyList<KohakuStoreSet>> OpenAtOnceAsync(int count)
    {
        var sets = new List<KohakuStoreSet>();
        for (var i = 0; i < count; i++)
        {
            sets.Add(await OpenAsync());
        }

        opened.AddRange(sets);
        await Task.WhenAll(sets.Select(set => Task.Run(() => set.InitializeAsync(Ct), Ct)));
        stores ??= sets[0];
        return sets;
    }
}
