using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace KohakuRiver.Auth.Testing.Tests.Embedding;

/// <summary>The connections of the documentation's example live as long as those who opened them may have them.</summary>
public sealed class LiveAppTests
{
    [Theory]
    [InlineData(Role.Viewer, "\"error\"")]
    [InlineData(Role.Operator, "\"stopped\",\"arguments\":[\"t-1\",\"ada\"]")]
    public async Task Hub_OfTheExample_GatesItsMethods(Role role, string expected)
    {
        await using var app = await StartAsync();
        using var socket = await ConnectAsync(app, "/console", await TokenAsync(app, await app.Services.AddTestUserAsync(role, "ada")));
        await SendAsync(socket, """{"protocol":"json","version":1}""" + '\u001e');
        Assert.StartsWith("{}", await ReceiveAsync(socket), StringComparison.Ordinal);

        await SendAsync(socket, """{"type":1,"invocationId":"1","target":"Follow","arguments":["t-1"]}""" + '\u001e');
        Assert.DoesNotContain("error", await ReceiveAnswerAsync(socket), StringComparison.Ordinal);
        await SendAsync(socket, """{"type":1,"invocationId":"2","target":"Stop","arguments":["t-1"]}""" + '\u001e');
        Assert.Contains(expected, await ReceiveAnswerAsync(socket), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Socket_OfTheExample_EndsWhenTheInstanceIsTakenAway()
    {
        await using var app = await StartAsync();
        var user = await app.Services.AddTestUserAsync(Role.User, "ada");
        var access = app.Services.GetRequiredService<IVpsAccessService>();
        Assert.True((await access.AssignAsync(Actor.Host, "one", [user.Id], [])).IsSuccess);
        using var socket = await ConnectAsync(app, "/vps/one/screen", await TokenAsync(app, user));
        await SendAsync(socket, "hello");
        Assert.Equal("hello", await ReceiveAsync(socket));

        await access.UnassignUserAsync(Actor.Host, "one", user.Id);
        ((FakeTimeProvider)app.Services.GetRequiredService<TimeProvider>()).Advance(TimeSpan.FromSeconds(5));

        // The connection breaks off; that nothing comes for half a minute would be another matter.
        Assert.IsNotType<TimeoutException>(await Assert.ThrowsAnyAsync<Exception>(() => ReceiveAsync(socket)));
    }

    private static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)));
        var app = LiveApp.Build(builder);
        await app.StartAsync();
        return app;
    }

    private static async Task<string> TokenAsync(WebApplication app, User user) =>
        (await app.Services.GetRequiredService<ITokenService>().CreateAsync(TestActors.Of(user), new CreateTokenCommand { Name = "test" }))
            .Require().Secret
            .Reveal();

    private static Task<WebSocket> ConnectAsync(WebApplication app, string path, string token)
    {
        var client = app.GetTestServer().CreateWebSocketClient();
        client.ConfigureRequest = request => request.Headers.Authorization = $"Bearer {token}";
        return client.ConnectAsync(new Uri("ws://localhost" + path), TestContext.Current.CancellationToken);
    }

    private static Task SendAsync(WebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

    /// <summary>The next message that is no ping.</summary>
    private static async Task<string> ReceiveAnswerAsync(WebSocket socket)
    {
        while (true)
        {
            if (await ReceiveAsync(socket) is var text && !text.Contains("\"type\":6", StringComparison.Ordinal))
            {
                return text;
            }
        }
    }

    private static async Task<string> ReceiveAsync(WebSocket socket)
    {
        var buffer = new byte[4096];
        var message = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        return Encoding.UTF8.GetString(buffer, 0, message.Count);
    }
}
