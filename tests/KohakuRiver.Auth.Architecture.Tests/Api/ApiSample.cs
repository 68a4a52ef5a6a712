namespace KohakuRiver.Auth.Architecture.Tests.Api;

/// <summary>A member of each kind that the list of the public API tells apart.</summary>
public abstract class ApiSample<TKey, TValue> : IDisposable
    where TKey : notnull
    where TValue : class
{
    public const string Name = "sample";

    internal const string Hidden = "hidden";

    private protected ApiSample(int hidden) => Count = hidden;

    protected ApiSample()
        : this(0)
    {
    }

    public int Count { get; protected set; }

    public required string Title { get; init; }

    internal int HiddenCount => Count;

    public TValue? Find<TOther>(TKey key, IReadOnlyList<string?>? names = null, int most = 5)
        where TOther : class, new() => names?.Count > most && key.Equals(new TOther()) ? default : null;

    public virtual void Dispose() => GC.SuppressFinalize(this);

    protected abstract Task<DateTimeOffset?> WhenAsync(out string? text, CancellationToken ct = default);
}
