using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace KohakuRiver.Cli;

/// <summary>Reads a stream of server-sent events, and gives up on a silent one.</summary>
internal static class SseReader
{
    /// <summary>The host pings every 15 s: three missed pings are a dead connection.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(50);

    /// <summary>Ends when the host ends the stream or is silent for too long, or when the connection is lost.</summary>
    internal static async IAsyncEnumerable<SseItem<string>> ReadAsync(
        Stream stream, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var silent = new CancellationTokenSource(Silence, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silent.Token);
        await using var events = SseParser.Create(stream).EnumerateAsync(either.Token).GetAsyncEnumerator(either.Token);
        while (await NextAsync(events, cancellationToken))
        {
            silent.CancelAfter(Silence);
            yield return events.Current;
        }
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<SseItem<string>> events, CancellationToken cancellationToken)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception fault) when (
            fault is IOException or HttpRequestException
                || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
