using System.Net.Sockets;
using System.Text;
using KohakuRiver.Auth.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>What only a real server shows: bytes on a socket.</summary>
public sealed class KestrelTests
{
    [Theory]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 44\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("X-Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [Trait("Requirement", "V4.2.1"), Trait("Requirement", "Known_Kestrel2025")]
    public async Task LengthToldTwice_Is400AndTheConnectionEnds(string rest)
    {
        await using var server = await Server.StartAsync();

        // A second request behind the first must never be answered.
        var answer = await server.SendAsync(
            $"POST /echo HTTP/1.1\r\nHost: localhost\r\n{rest}GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", answer);
        Assert.Contains("Connection: close", answer);
        Assert.Contains("application/problem+json", answer);
        Assert.DoesNotContain("smuggled-answer", answer);
        Assert.Equal(1, answer.Split("HTTP/1.1 ").Length - 1);
        Assert.Equal(0, server.Smuggled);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2;\n\r\nab\r\n0\r\n\r\n")]
    [Trait("Requirement", "V4.2.1"), Trait("Requirement", "Known_Kestrel2025")]
    public async Task OtherSmugglingForms_AreRefusedByTheServer(string rest)
    {
        await using var server = await Server.StartAsync();

        var answer = await server.SendAsync(
            $"POST /echo HTTP/1.1\r\nHost: localhost\r\n{rest}GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", answer);
        Assert.Equal(0, server.Smuggled);
    }

    [Fact]
    public async Task ChunkedBody_ByItself_IsFine()
    {
        await using var server = await Server.StartAsync();

        var answer = await server.SendAsync(
            "POST /echo HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 ", answer);
        Assert.Contains("hello", answer);
    }

    [Fact]
    [Trait("Requirement", "R6")]
    public async Task EmptyMasterSecret_IsAWrongOne()
    {
        await using var server = await Server.StartAsync();

        var answer = await server.SendAsync("GET /plain HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Admin-Token: \r\n\r\n");

        Assert.StartsWith("HTTP/1.1 401 ", answer);
    }

    private sealed class Server : IAsyncDisposable
    {
        private readonly WebApplication app;
        private int smuggled;

        private Server()
        {
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Services.AddKohakuAuth().UseStores(_ => new InMemoryStoreSet()).AddAspNetCore(o => o.SetupLinkOutput = _ => { });
            app = builder.Build();
            app.UseKohakuAuth();
            app.MapPost("/echo", async (HttpContext http) => await http.Request.Body.CopyToAsync(http.Response.Body));
            app.MapGet("/plain", (Actor actor) => actor.Username);
            app.MapGet("/smuggled", () =>
            {
                Interlocked.Increment(ref smuggled);
                return "smuggled-answer";
            });
            app.MapGet("/locked", () => "in").RequireKohakuRole(Role.Viewer);
        }

        internal int Smuggled => smuggled;

        internal static async Task<Server> StartAsync()
        {
            var server = new Server();
            await server.app.StartAsync();
            return server;
        }

        /// <summary>Sends the bytes and reads until the server closes the connection.</summary>
        internal async Task<string> SendAsync(string raw)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", new Uri(app.Urls.Single()).Port, limit.Token);
            await using var stream = client.GetStream();
            await stream.WriteAsync(Encoding.Latin1.GetBytes(raw), limit.Token);
            using var answer = new MemoryStream();
            var buffer = new byte[4096];
            try
            {
                int read;
                while ((read = await stream.ReadAsync(buffer, limit.Token)) > 0)
                {
                    answer.Write(buffer, 0, read);
                }
            }
            catch (IOException)
            {
                // The server may reset a connection with unread bytes; what it said before counts.
            }

            return Encoding.Latin1.GetString(answer.ToArray());
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
