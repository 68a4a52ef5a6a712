using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// The request behind a call of a SignalR hub's method. On its own, so that hosts without SignalR do not load it for a type check.
/// </summary>
internal static class HubRequests
{
    /// <summary>The request that opened the connection of the call; null when this is no hub call, or its transport is not HTTP.</summary>
    internal static HttpContext? Of(object? resource) => resource is HubInvocationContext call ? call.Context.GetHttpContext() : null;

    internal static bool IsCall(object? resource) => resource is HubInvocationContext;

    internal static string NameOf(object? resource) => resource is HubInvocationContext call ? call.HubMethodName : "";
}
