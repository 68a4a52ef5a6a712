using System.Collections.Concurrent;

namespace KohakuRiver.SampleHost.Tests.Faults;

/// <summary>What was sent to a host that may die at any moment, and what of it was acknowledged.</summary>
internal sealed class WriteRecord
{
    private readonly ConcurrentDictionary<string, bool> writes = new(StringComparer.Ordinal);
    private int acknowledged;

    internal int Acknowledged => Volatile.Read(ref acknowledged);

    internal int Sent => writes.Count;

    internal void Send(string write) => writes[write] = false;

    /// <summary>The answer came: this one may never be lost. Gives how many there are now.</summary>
    internal int Acknowledge(string write)
    {
        writes[write] = true;
        return Interlocked.Increment(ref acknowledged);
    }

    internal List<string> AcknowledgedOf(string kind) =>
        [.. writes.Where(w => w.Value && IsOf(w.Key, kind)).Select(w => w.Key[(kind.Length + 1)..])];

    internal List<string> SentOf(string kind) => [.. writes.Keys.Where(w => IsOf(w, kind)).Select(w => w[(kind.Length + 1)..])];

    private static bool IsOf(string write, string kind) => write.StartsWith(kind + " ", StringComparison.Ordinal);
}
