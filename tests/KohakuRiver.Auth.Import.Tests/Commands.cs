using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace KohakuRiver.Auth.Import.Tests;

/// <summary>
/// Sees, from outside, the statements that Entity Framework sends to one database file and the transactions it begins there. To be made
/// before the stores are: a context that finds nobody listening does not look again for a second.
/// </summary>
internal sealed class Commands : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly ConcurrentQueue<string> sent = new();
    private readonly List<IDisposable> subscriptions = [];
    private readonly string file;

    public Commands(string file)
    {
        this.file = file;
        subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    /// <summary>The statements since the last call, oldest first.</summary>
    public IReadOnlyList<string> Take()
    {
        var taken = new List<string>();
        while (sent.TryDequeue(out var one))
        {
            taken.Add(one);
        }

        return taken;
    }

    /// <summary>Called before each transaction.</summary>
    public Action BeforeTransaction { get; set; } = () => { };

    /// <summary>Called before each statement.</summary>
    public Action BeforeStatement { get; set; } = () => { };

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            subscriptions.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        switch (value.Value)
        {
            case CommandEventData command
                when value.Key == RelationalEventId.CommandExecuting.Name && command.Command.Connection?.DataSource == file:
                sent.Enqueue(command.Command.CommandText);
                BeforeStatement();
                break;
            case TransactionStartingEventData start when start.Context?.Database.GetDbConnection().DataSource == file:
                BeforeTransaction();
                break;
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => subscriptions.ForEach(s => s.Dispose());
}
