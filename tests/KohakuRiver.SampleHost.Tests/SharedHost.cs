namespace KohakuRiver.SampleHost.Tests;

/// <summary>One host for all tests of a class that leave nothing behind.</summary>
public sealed class SharedHost : IDisposable
{
    internal SampleHost Host { get; } = new();

    public void Dispose() => Host.Dispose();
}
