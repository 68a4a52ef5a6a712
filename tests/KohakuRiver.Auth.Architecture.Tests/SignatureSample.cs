namespace KohakuRiver.Auth.Architecture.Tests;

/// <summary>One method of each kind the rule about cancellation tells apart.</summary>
internal static class SignatureSample
{
    public static Task OptionalAsync(CancellationToken cancellationToken = default) => Task.FromCanceled(cancellationToken);

    public static Task RequiredAsync(int first, CancellationToken cancellationToken) =>
        first > 0 ? Task.FromCanceled(cancellationToken) : Task.CompletedTask;

    public static Task<int> NoneAsync(int first) => Task.FromResult(first);

#pragma warning disable CA1068 // The sample is of what the rule refuses.
    public static ValueTask FirstAsync(CancellationToken cancellationToken, int second) =>
        second > 0 ? ValueTask.FromCanceled(cancellationToken) : ValueTask.CompletedTask;
#pragma warning restore CA1068

    public static IAsyncEnumerable<int> StreamAsync(int first) => AsyncEnumerable.Repeat(first, 1);

    public static int Synchronous(int first) => first;
}
