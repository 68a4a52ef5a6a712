namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Lets the session cookie, which browsers send by themselves, count here although a page of another site makes the request: also for
/// changes and WebSockets. Any page that a user opens can then call this on the user's behalf, so it is for endpoints that do no harm, or
/// that verify the sender by other means.
/// </summary>
/// <remarks>
/// For controllers, their actions, annotated handlers and hubs; <c>.AllowCrossSiteCookie()</c> says the same on an endpoint. It is read
/// from the endpoint, so routing must come before authentication. The library's own calls and pages ignore it.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AllowCrossSiteCookieAttribute : Attribute;
