using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.SignalR;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>KohakuRiver.Auth and SignalR.</summary>
public static class KohakuAuthSignalRExtensions
{
    /// <summary>
    /// Ends the connections of all hubs within <c>Streams:RecheckInterval</c> of whatever ends the access of those who opened them, and
    /// checks again before each call, which counts as activity. Needs <c>AddAspNetCore()</c>. Without this the policies of a hub are
    /// evaluated when a connection is opened, and those of its methods at each call.
    /// </summary>
    /// <param name="builder">From <c>AddSignalR</c>.</param>
    public static ISignalRServerBuilder AddKohakuHubFilter(this ISignalRServerBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Services.Any(d => d.ServiceType == typeof(KohakuHubFilter)))
        {
            return builder;
        }

        builder.Services.AddSingleton(services => services.GetService<ActorRecheck>() is null
            ? throw new InvalidOperationException("AddKohakuHubFilter() needs AddKohakuAuth(…).AddAspNetCore(): call that, too.")
            : ActivatorUtilities.CreateInstance<KohakuHubFilter>(services));
        builder.Services.Configure<HubOptions>(o => o.AddFilter<KohakuHubFilter>());
        return builder;
    }
}
