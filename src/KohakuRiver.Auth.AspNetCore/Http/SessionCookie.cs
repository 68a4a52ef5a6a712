using KohakuRiver.Auth.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace KohakuRiver.Auth.AspNetCore.Http;

/// <summary>
/// The session cookie. Over HTTPS it bears the <c>__Host-</c> prefix, which only this host itself can set, and no other
/// name is read there.
/// </summary>
internal static class SessionCookie
{
    internal static string NameFor(bool isHttps) => isHttps ? KohakuAuthDefaults.SecureCookieName : KohakuAuthDefaults.CookieName;

    /// <summary>The cookie's value; null when it was not sent; empty when it was sent more than once, which nobody can read.</summary>
    internal static string? Read(HttpContext context) => Read(context.Request, RequestView.Of(context).IsHttps);

    internal static string? Read(HttpRequest request, bool isHttps)
    {
        // Not Request.Cookies: it forgets that a name came twice.
        string? found = null;
        var name = NameFor(isHttps);
        foreach (var header in request.Headers.Cookie)
        {
            foreach (var segment in new StringTokenizer(header ?? "", [';']))
            {
                var pair = segment.AsSpan().Trim();
                if (!pair.StartsWith(name, StringComparison.Ordinal) || pair.Length <= name.Length || pair[name.Length] != '=')
                {
                    continue;
                }

                if (found is not null)
                {
                    return "";
                }

                found = pair[(name.Length + 1)..].ToString();
            }
        }

        return found;
    }

    /// <summary>Gives the client a session, replacing whatever cookie it had. The answer must not be cached.</summary>
    internal static void Write(HttpContext context, string value, DateTimeOffset expiresAt)
    {
        var isHttps = RequestView.Of(context).IsHttps;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Cookies.Append(NameFor(isHttps), value, Options(isHttps, expiresAt));
    }

    /// <summary>Takes the cookie away from the client.</summary>
    internal static void Clear(HttpContext context)
    {
        var isHttps = RequestView.Of(context).IsHttps;
        context.Response.Cookies.Append(NameFor(isHttps), "", Options(isHttps, DateTimeOffset.UnixEpoch));
    }

    private static CookieOptions Options(bool isHttps, DateTimeOffset expiresAt) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        Secure = isHttps,
        Expires = expiresAt,
        IsEssential = true,
    };
}
