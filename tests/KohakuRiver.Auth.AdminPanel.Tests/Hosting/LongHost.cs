namespace KohakuRiver.Auth.AdminPanel.Tests.Hosting;

/// <summary>One host full of long names for all tests of a class that change nothing of it.</summary>
public sealed class LongHost : IAsyncLifetime
{
    internal PanelHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await PanelHost.StartAsync();
        await Host.FillWithLongNamesAsync();
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
