using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// How the library's cookies are named and where they count. Browsers keep one jar for all ports of a host name, so each name ends with the
/// id of the deployment; and over HTTPS it starts with <c>__Host-</c>, which only this very host can set.
/// </summary>
internal sealed class CookieNaming(ISettingsService settings, IOptions<KohakuAuthOptions> options)
{
    internal const string SecurePrefix = "__Host-";

    private readonly bool publicIsHttps = options.Value.PublicUrl?.Scheme == Uri.UriSchemeHttps;
    private Names? sessionNames;

    internal static CookieNaming Of(HttpContext context) => context.RequestServices.GetRequiredService<CookieNaming>();

    /// <summary>
    /// Whether the cookies set for this client are for HTTPS only. Always where <c>PublicUrl</c> says https: what looks like plain HTTP
    /// here may be the last stretch behind a proxy that is not configured.
    /// </summary>
    internal bool IsSecure(HttpContext context) => publicIsHttps || RequestView.Of(context).IsHttps;

    /// <summary>The name for this client of a cookie of the deployment's own.</summary>
    internal string NameFor(HttpContext context, string name) =>
        IsSecure(context) ? $"{SecurePrefix}{name}_{settings.DeploymentId}" : $"{name}_{settings.DeploymentId}";

    /// <summary>The names a session cookie of this client is read under, in order; the first is the one it is written under.</summary>
    internal string[] SessionNames(HttpContext context)
    {
        // Each request with a cookie asks, so the names are built once; before the start there is no id yet.
        var names = sessionNames ??= new Names(KohakuAuthDefaults.CookieName, settings.DeploymentId);
        return !IsSecure(context) ? names.Plain : IsPlainProgram(context) ? names.Both : names.Secure;
    }

    /// <summary>
    /// The path a cookie of this name counts under: the host's own part of its address, unless the prefix asks for everything.
    /// </summary>
    internal static string PathFor(HttpContext context, string name) =>
        !name.StartsWith(SecurePrefix, StringComparison.Ordinal) && RequestView.Of(context).PathBase is { Length: > 0 } path ? path : "/";

    /// <summary>
    /// Whether the client is a program on plain HTTP. Browsers say where a change comes from; and over plain HTTP a program needs a cookie
    /// that it sends back over plain HTTP.
    /// </summary>
    internal static bool IsPlainProgram(HttpContext context) =>
        context.Request.Headers.Origin.Count == 0
        && context.Request.Headers["Sec-Fetch-Site"].Count == 0
        && !RequestView.Of(context).IsHttps;

    private sealed class Names(string name, string id)
    {
        internal string[] Plain { get; } = [$"{name}_{id}", name];

        internal string[] Secure { get; } = [$"{SecurePrefix}{name}_{id}", SecurePrefix + name];

        // A program on this machine cannot send a Secure cookie back; a neighbour may have set the other names in a browser.
        internal string[] Both { get; } = [$"{SecurePrefix}{name}_{id}", SecurePrefix + name, $"{name}_{id}", name];
    }
}
