using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>Endpoints that are there for one port of the host only.</summary>
public sealed class LocalPortTests
{
    [Theory]
    [InlineData("/open", 0, "200 OK")]
    [InlineData("/open", 1, "404 Not Found")]
    [InlineData("/guarded", 0, "401 Unauthorized")]
    [InlineData("/guarded", 1, "404 Not Found")]
    [InlineData("/both", 0, "200 OK")]
    [InlineData("/both", 1, "200 OK")]
    [InlineData("/neither", 0, "404 Not Found")]
    [InlineData("/group/inner", 0, "200 OK")]
    [InlineData("/group/inner", 1, "404 Not Found")]
    [InlineData("/api/auth/status", 0, "404 Not Found")]
    [InlineData("/api/auth/status", 1, "404 Not Found")]
    public async Task Endpoint_ForAPort_IsAbsentOnOthersWhateverTheHeaderSays(string path, int at, string status)
    {
        // The ports have to be known when endpoints are mapped, so two free ones are taken from a host before this one.
        int[] ports;
        await using (var before = await SocketHost.StartAsync(urls: "http://127.0.0.1:0;http://127.0.0.2:0"))
        {
            ports = [.. before.Addresses.Select(a => a.Port)];
        }

        await using var host = await SocketHost.StartAsync(
            map: app =>
            {
                app.MapGet("/open", () => "in").RequireLocalPort(ports[0]);
                app.MapGet("/guarded", () => "in").RequireKohakuRole(Role.Admin).RequireLocalPort(ports[0]);
                app.MapGet("/both", () => "in").RequireLocalPort(ports);
                app.MapGet("/neither", () => "in").RequireLocalPort(ports[0]).RequireLocalPort(ports[1]);
                var group = app.MapGroup("/group").RequireLocalPort(ports[0]);
                group.MapGet("/inner", () => "in");
                app.MapKohakuAuth("/other").RequireLocalPort(ports[0]);
            },
            urls: $"http://127.0.0.1:{ports[0]};http://127.0.0.1:{ports[1]}");

        var wanted = path.StartsWith("/api", StringComparison.Ordinal) ? path.Replace(
            "/api", at == 0 ? "/none" : "/other", StringComparison.Ordinal) : path;
        var answer = await host.SendRawAsync(
            $"GET {wanted} HTTP/1.1\r\nHost: localhost:{ports[0]}\r\nX-Forwarded-Port: {ports[0]}\r\n"
            + $"X-Forwarded-Host: localhost:{ports[0]}\r\nConnection: close\r\n\r\n",
            at);

        Assert.StartsWith($"HTTP/1.1 {status}", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endpoint_ForAPort_LeavesItsPathToOthersElsewhere()
    {
        await using var host = await TestHost.StartAsync(new HostSetup
        {
            Map = app =>
            {
                app.MapGet("/x", () => "for the port").RequireLocalPort(8443);
                app.MapFallback(() => "fallback");
            },
        });

        Assert.Equal("fallback", (await host.GetAsync("/x")).Body);
    }

    [Fact]
    public async Task Endpoint_OfAHostThatRoutesWithoutTheServices_IsHiddenToo()
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        await using (app)
        {
            app.MapGet("/x", () => "in").RequireLocalPort(8443);
            var endpoint = Assert.Single(
                ((Microsoft.AspNetCore.Routing.IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints));
            var context = new DefaultHttpContext { RequestServices = app.Services };

            await endpoint.RequestDelegate!(context);
            Assert.Equal(404, context.Response.StatusCode);

            context = new DefaultHttpContext { RequestServices = app.Services };
            context.Connection.LocalPort = 8443;
            await endpoint.RequestDelegate!(context);
            Assert.Equal(200, context.Response.StatusCode);
        }
    }

    [Theory]
    [InlineData]
    [InlineData(0)]
    [InlineData(8443, 65_536)]
    [InlineData(-1)]
    public void RequireLocalPort_WithoutAPort_IsAMistake(params int[] ports)
    {
        var app = WebApplication.CreateSlimBuilder().Build();

        Assert.ThrowsAny<ArgumentException>(() => app.MapGet("/x", () => "in").RequireLocalPort(ports));
    }
}
