namespace KohakuRiver.SampleHost;

/// <summary>Wakes the scheduler of this process: there is something to run or to stop.</summary>
internal sealed class RunSignal : IDisposable
{
    private readonly SemaphoreSlim raised = new(0, 1);

    public void Raise()
    {
        try
        {
            raised.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already raised, which is enough.
        }
    }

    /// <summary>Waits until raised, or for a while: other hosts' changes raise nothing here.</summary>
    public Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken) => raised.WaitAsync(longest, cancellationToken);

    public void Dispose() => raised.Dispose();
}
