using System.Net.WebSockets;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Testing.Tests.Embedding;

/// <summary>An app with connections that stay open, as docs/embedding.md has them.</summary>
internal static class LiveApp
{
    internal static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.Services.AddKohakuAuthTesting().AddAspNetCore(o => o.SetupLinkOutput = _ => { });
        // <snippet:live-services>
        builder.Services.AddSignalR().AddKohakuHubFilter();
        // </snippet:live-services>
        var app = builder.Build();
        app.UseWebSockets();
        app.UseKohakuAuth();
        app.MapHub<ConsoleHub>("/console");
        app.Map("/vps/{vps_id}/screen", ShowScreenAsync).RequireVpsAccess();
        return app;
    }

    // <snippet:live-socket>
    private static async Task ShowScreenAsync(HttpContext http, IActorRecheck recheck)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        using var watch = recheck.Watch(http);
        using var open = CancellationTokenSource.CreateLinkedTokenSource(watch.Ended, http.RequestAborted);
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer, open.Token) is { MessageType: not WebSocketMessageType.Close } message)
            {
                // Within the interval of losing the instance; before a command that matters, ask at once.
                if (await recheck.IsCurrentAsync(http, open.Token))
                {
                    await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, message.EndOfMessage, open.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            socket.Abort();
        }
    }
    // </snippet:live-socket>
}

// <snippet:live-hub>
/// <summary>Everybody who may view tasks may connect; what a method needs more, it says.</summary>
[RequirePermission(PermissionNames.ViewTasks)]
public sealed class ConsoleHub(IActorAccessor actors) : Hub
{
    public Task Follow(string taskId) => Groups.AddToGroupAsync(Context.ConnectionId, taskId);

    [RequirePermission(PermissionNames.ApproveTasks)]
    public async Task Stop(string taskId)
    {
        var actor = await actors.GetAsync(Context.ConnectionAborted);
        await Clients.Group(taskId).SendAsync("stopped", taskId, actor.Username);
    }
}
// </snippet:live-hub>
