using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace KohakuRiver.Auth.Benchmarks.Measuring;

/// <summary>Counts the statements Entity Framework sends in this process.</summary>
internal sealed class QueryCounter : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly List<IDisposable> subscriptions = [];
    private long count;

    private QueryCounter() => subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    public long Count => Interlocked.Read(ref count);

    /// <summary>A counter that sees everything from now on.</summary>
    public static async Task<QueryCounter> StartAsync()
    {
        var counter = new QueryCounter();

        // Entity Framework looks only once a second whether anybody listens.
        await Task.Delay(TimeSpan.FromSeconds(1.2), TimeProvider.System);
        counter.count = 0;
        return counter;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            var executing = RelationalEventId.CommandExecuting.Name;
            subscriptions.Add(value.Subscribe(this, name => name == executing));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value) => Interlocked.Increment(ref count);

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => subscriptions.ForEach(s => s.Dispose());
}
