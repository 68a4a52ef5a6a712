using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace KohakuRiver.Auth.EntityFrameworkCore.Tests;

/// <summary>
/// The kinds of statements, and the ends of transactions, that belong to one piece of work; other tests in the process are not seen.
/// </summary>
internal sealed class WorkRecorder : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly AsyncLocal<List<string>?> current = new();
    private readonly List<IDisposable> subscriptions = [];

    internal WorkRecorder() => subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    /// <summary>Entity Framework looks once a second whether anybody listens, for statements and transactions apart.</summary>
    internal async Task AwaitAttentionAsync(Func<Task> work)
    {
        while (await OfAsync(work) is var seen && !(seen.Contains("SELECT") && seen.Contains("commit")))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    internal async Task<IReadOnlyList<string>> OfAsync(Func<Task> work)
    {
        var seen = current.Value = [];
        await work();
        current.Value = null;
        lock (seen)
        {
            return [.. seen];
        }
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            subscriptions.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        var what = value switch
        {
            { Value: CommandEventData command } when value.Key == RelationalEventId.CommandExecuting.Name => FirstWord(command.Command),
            _ when value.Key == RelationalEventId.TransactionCommitted.Name => "commit",
            _ when value.Key == RelationalEventId.TransactionRolledBack.Name => "rollback",
            _ => null,
        };
        if (what is not null && current.Value is { } seen)
        {
            lock (seen)
            {
                seen.Add(what);
            }
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => subscriptions.ForEach(s => s.Dispose());

    private static string FirstWord(DbCommand command) => command.CommandText.TrimStart().Split(' ', '\r', '\n')[0];
}
