namespace KohakuRiver.Auth.Tests;

/// <summary>Queues that measure for nobody, and the short form of waiting for a turn and using it.</summary>
internal static class HashingQueues
{
    internal static HashingQueue Make(int threads, int length) => new(threads, length, new AuthMetrics(null), TimeProvider.System);

    internal static HashingQueue MakeConfigured(int queueLength) =>
        new(PasswordTestOptions.With(queueLength: queueLength), new AuthMetrics(null), TimeProvider.System);

    extension(HashingQueue queue)
    {
        internal Task<HashingQueue.Turn> EnterAsync(CancellationToken cancellationToken) => queue.EnterAsync(null, cancellationToken);

        internal async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
        {
            using var turn = await queue.EnterAsync(cancellationToken);
            return await turn.RunAsync(HashOperation.Hash, work, CancellationToken.None);
        }
    }
}
