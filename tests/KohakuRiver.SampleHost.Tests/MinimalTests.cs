using System.Net;
using System.Text.Json;
using KohakuRiver.SampleHost.Tests.Walk;

namespace KohakuRiver.SampleHost.Tests;

/// <summary>The host of the README, as it is run: nothing set, nothing there yet.</summary>
public sealed class MinimalTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public async Task Minimal_Started_PrintsItsSetupLinkAndHasApiAndPanel()
    {
        await using var host = await HostProcess.StartAsync("Minimal", folder.Path);
        using var visitor = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };

        var printed = host.Output.Split('\n').Single(line => line.Contains("/setup?code=", StringComparison.Ordinal));
        var link = new Uri(printed.Trim());
        Assert.Equal(host.Address.Authority, link.Authority);
        Assert.Contains("name=\"register_secret\"", await visitor.GetStringAsync(link), StringComparison.Ordinal);

        Assert.True((await StatusAsync(visitor)).GetProperty("setup_required").GetBoolean());
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(new Uri("/admin/login", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.GetAsync(new Uri("/api/auth/users", UriKind.Relative))).StatusCode);
        Assert.True(File.Exists(folder.File("cluster.db")));
        Assert.Equal(0, await host.StopAsync());
    }

    public void Dispose() => folder.Dispose();

    private static async Task<JsonElement> StatusAsync(HttpClient client) =>
        JsonDocument.Parse(await client.GetStringAsync(new Uri("/api/auth/status", UriKind.Relative))).RootElement.Clone();
}
