namespace KohakuRiver.Auth.AdminPanel.Tests.Hosting;

/// <summary>One filled host for all tests of a class that change nothing of it.</summary>
public sealed class FilledHost : IAsyncLifetime
{
    internal PanelHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await PanelHost.StartAsync();
        await Host.FillAsync();
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
