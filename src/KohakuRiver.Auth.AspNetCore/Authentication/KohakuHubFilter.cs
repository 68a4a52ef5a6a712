using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Ends the connections of a hub when whoever opened them may no longer keep them, and checks again at each call.</summary>
internal sealed class KohakuHubFilter(ActorRecheck recheck, ICredentialService credentials) : IHubFilter
{
    private static readonly object Key = new();

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        var connection = context.Context;
        var http = RequestOf(connection);
        await RequireAsync(connection, http, connection.ConnectionAborted);
        Attach(context.ServiceProvider, http);
        var watch = recheck.Watch(http);
        connection.Items[Key] = watch;
        watch.Ended.UnsafeRegister(static c => ((HubCallerContext)c!).Abort(), connection);
        try
        {
            await next(context);
        }
        catch
        {
            // A connection that was never established is never reported as disconnected.
            watch.Dispose();
            throw;
        }
    }

    public async Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        using (context.Context.Items.TryGetValue(Key, out var watch) ? watch as ActorWatch : null)
        {
            if (context.Context.GetHttpContext() is { } http)
            {
                Attach(context.ServiceProvider, http);
            }

            await next(context, exception);
        }
    }

    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var connection = invocationContext.Context;
        var http = RequestOf(connection);
        await RequireAsync(connection, http, connection.ConnectionAborted);
        Attach(invocationContext.ServiceProvider, http);
        credentials.NoteUse(http.Features.GetRequiredFeature<RequestActor>().Actor);
        return await next(invocationContext);
    }

    private static void Attach(IServiceProvider call, HttpContext http) =>
        call.GetRequiredService<ActorHolder>().AttachConnection(http);

    private async ValueTask RequireAsync(HubCallerContext connection, HttpContext http, CancellationToken cancellationToken)
    {
        Refusal? refusal;
        try
        {
            refusal = await recheck.RefuseAsync(http, cancellationToken);
        }
        catch (StoreUnavailableException e)
        {
            // Undecided: this call is refused, and the connection stays until the database can answer.
            throw new HubException(HttpRefusals.StoreUnavailable.Message, e);
        }

        if (refusal is not null)
        {
            connection.Abort();
            throw new HubException(refusal.Message);
        }
    }

    private static HttpContext RequestOf(HubCallerContext connection) => connection.GetHttpContext()
        ?? throw new HubException("This hub accepts connections over HTTP only: who opened any other is unknown.");
}
