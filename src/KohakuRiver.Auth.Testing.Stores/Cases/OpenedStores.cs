using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>The stores under test, opened as the suite specifies.</summary>
internal abstract class OpenedStores : Drafting, IAsyncDisposable
{
    private readonly List<KohakuStoreSet> opened = [];
    private SuiteHooks? hooks;

    /// <summary>The stores under test.</summary>
    /// <exception cref="InvalidOperationException"><see cref="StartAsync"/> has not run.</exception>
    internal KohakuStoreSet Stores => opened.Count > 0 ? opened[0] : throw new InvalidOperationException("StartAsync opens the stores.");

    /// <summary>The author's hooks.</summary>
    internal SuiteHooks Hooks => hooks ?? throw new InvalidOperationException("StartAsync brings the hooks.");

    /// <summary>The token of the running test.</summary>
    internal static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Opens <see cref="Stores"/>.</summary>
    internal async Task StartAsync(SuiteHooks hooks)
    {
        this.hooks = hooks;
        await OpenFirstAsync();
    }

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
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens what a case of this class begins with: one set by default.</summary>
    internal virtual Task OpenFirstAsync() => OpenAtOnceAsync(1);

    /// <summary>A further, independent set over the same data, ready for use.</summary>
    internal async Task<KohakuStoreSet> OpenAnotherAsync() => (await OpenAtOnceAsync(1))[0];

    /// <summary>The set under test and a second one over the same data, for races between two processes.</summary>
    internal async Task<IReadOnlyList<KohakuStoreSet>> OpenTwoAsync() => [Stores, await OpenAnotherAsync()];

    /// <summary>Opens several sets over the same data and makes them ready in parallel, as hosts that start together do.</summary>
    internal async Task<IReadOnlyList<KohakuStoreSet>> OpenAtOnceAsync(int count)
    {
        var sets = new List<KohakuStoreSet>();
        for (var i = 0; i < count; i++)
        {
            sets.Add(await Hooks.CreateAsync(Ct));
        }

        opened.AddRange(sets);
        await Task.WhenAll(sets.Select(set => Task.Run(() => set.InitializeAsync(Ct), Ct)));
        return sets;
    }
}
