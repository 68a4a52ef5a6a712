namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Lets the session cookie, which browsers send by themselves, count here although another site's page makes the request: also for changes
/// and WebSockets. Whoever logs in can then be made to do this by any page they open, so it is for what does no harm, or what checks by a
/// means of its own who sends it.
/// </summary>
/// <remarks>
/// For controllers, their actions, annotated handlers and hubs; <c>.AllowCrossSiteCookie()</c> says the same on an endpoint. It is read
/// from
/// the endpoint, so routing must come before authentication. The library's own calls and pages take no notice of it.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AllowCrossSiteCookieAttribute : Attribute;
