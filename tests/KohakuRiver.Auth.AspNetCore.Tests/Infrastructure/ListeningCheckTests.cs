using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>What a host says at start about where it listens and whom it believes.</summary>
public sealed class ListeningCheckTests
{
    private const string Forwarded = "ASPNETCORE_FORWARDEDHEADERS_ENABLED";
    private const string Wide = "very large networks";
    private const string WithoutHttps = "PublicUrl is https, but";

    [Theory]
    [InlineData("10.0.0.0/8", "")]
    [InlineData("fd00:1:2::/48", "")]
    [InlineData("2001:db8::/32", "")]
    [InlineData("192.0.2.1", "")]
    [InlineData("0.0.0.0/1", Wide)]
    [InlineData("8.0.0.0/7", Wide)]
    [InlineData("2000::/3", Wide)]
    [InlineData("2001:d00::/31", Wide)]
    public async Task TrustedProxies_LargerThanAnybodysOwn_AreWarnedOf(string network, string warning)
    {
        await using var host = await SocketHost.StartAsync(o => o.TrustedProxies.Add(network));

        AssertWarnings(host, warning);
    }

    [Theory]
    [InlineData("true", Forwarded)]
    [InlineData("True", Forwarded)]
    [InlineData("false", "")]
    [InlineData(null, "")]
    public async Task ForwardedHeaders_OfEverybody_AreWarnedOf(string? value, string warning)
    {
        await using var host = await SocketHost.StartAsync(configuration: new() { ["FORWARDEDHEADERS_ENABLED"] = value });

        AssertWarnings(host, warning);
    }

    [Theory]
    [InlineData("https://cluster.example", "", WithoutHttps)]
    [InlineData("https://cluster.example", "192.0.2.1", "")]
    [InlineData("http://cluster.example", "", "")]
    [InlineData("", "", "")]
    public async Task PublicUrl_OfHttpsThatNobodySpeaks_IsWarnedOf(string publicUrl, string proxy, string warning)
    {
        await using var host = await SocketHost.StartAsync(o =>
        {
            o.PublicUrl = publicUrl.Length == 0 ? null : new Uri(publicUrl);
            if (proxy.Length > 0)
            {
                o.TrustedProxies.Add(proxy);
            }
        });

        AssertWarnings(host, warning);
    }

    [Theory]
    [InlineData(false, "Address 203.0.113.9")]
    [InlineData(true, "Address 127.0.0.1")]
    public async Task ForgedForwardedHeaders_AreBelievedFromATrustedProxyOnly(bool forged, string expected)
    {
        await using var host = await SocketHost.StartAsync(
            o => o.TrustedProxies.Add(forged ? "192.0.2.1" : "127.0.0.1"),
            app => app.Map("/address", a => a.Run(http => http.Response.Body.WriteAsync(
                System.Text.Encoding.UTF8.GetBytes("Address " + RequestView.Of(http).Address)).AsTask())));

        var answer = await host.SendRawAsync(
            "GET /address HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 203.0.113.9\r\nConnection: close\r\n\r\n");

        Assert.Contains(expected, answer, StringComparison.Ordinal);
    }

    private static void AssertWarnings(SocketHost host, string warning)
    {
        var warnings = host.Logs.GetSnapshot()
            .Where(l => l.Level == LogLevel.Warning && l.Category!.StartsWith("KohakuRiver", StringComparison.Ordinal))
            .ToList();
        if (warning.Length == 0)
        {
            Assert.Empty(warnings);
            return;
        }

        Assert.Contains(warning, Assert.Single(warnings).Text(), StringComparison.Ordinal);
    }
}
