using KohakuRiver.Auth.AspNetCore.Authentication;
using KohakuRiver.Auth.Secrets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace KohakuRiver.Auth.AspNetCore.Http;

/// <summary>
/// The session cookie. Its name carries the deployment's id, and over HTTPS the <c>__Host-</c> prefix, without which no name is read there. The
/// names without the id are read after it: earlier versions set them, and so do other deployments on this host name.
/// </summary>
internal static class SessionCookie
{
    // More than browsers can hold of one name: each path and domain that reaches this host is one.
    private const int MostValues = 16;

    // Far above any real secret.
    private const int LongestValue = 512;

    /// <summary>
    /// The values that were sent, each once, those under the deployment's own name first; none where no such cookie was sent. Empty text stands for what
    /// cannot be right. A second cookie of the name, set by another port or a neighbouring host, thus keeps nobody out.
    /// </summary>
    internal static StringValues Read(HttpContext context)
    {
        var found = StringValues.Empty;
        if (context.Request.Headers.Cookie is not { Count: > 0 } sent)
        {
            return found;
        }

        foreach (var name in NamesRead(context))
        {
            foreach (var value in ValuesOf(sent, name))
            {
                var bounded = value.Length > LongestValue ? "" : value.ToString();
                if (found.Count < MostValues && !found.Contains(bounded, StringComparer.Ordinal))
                {
                    found = StringValues.Concat(found, bounded);
                }
            }
        }

        return found;
    }

    /// <summary>The first value under the deployment's own name that has a session's form; null for none.</summary>
    internal static string? ReadOwn(HttpContext context) =>
        ValuesOf(context.Request.Headers.Cookie, OwnName(context)).Select(v => v.ToString()).FirstOrDefault(HasForm);

    /// <summary>
    /// Gives the client a session, and takes away the cookies without the deployment's id whose value is one of <paramref name="ended"/>. The answer must
    /// not be cached.
    /// </summary>
    internal static void Write(HttpContext context, string value, DateTimeOffset expiresAt, IReadOnlyCollection<string> ended)
    {
        context.Response.Headers.CacheControl = "no-store";
        var own = OwnName(context);
        var other = CookieNaming.IsPlainProgram(context) ? KohakuAuthDefaults.CookieName : null;
        foreach (var name in NamesRead(context).Where(n => n != own && n != other))
        {
            if (ValuesOf(context.Request.Headers.Cookie, name).Any(v => ended.Contains(v.ToString(), StringComparer.Ordinal)))
            {
                Remove(context, name);
            }
        }

        Append(context, own, value, expiresAt);
        if (other is not null)
        {
            // The command line of the original knows this name alone.
            Append(context, other, value, expiresAt);
        }
    }

    /// <summary>
    /// Takes the session cookies away from the client. One without the deployment's id may be another deployment's: it goes only where its value is one
    /// of <paramref name="ours"/>, was sent under our own name too, or is nobody's because it has no session's form.
    /// </summary>
    internal static void Clear(HttpContext context, IReadOnlyCollection<string> ours)
    {
        var own = OwnName(context);
        var sent = context.Request.Headers.Cookie;
        var underOwn = ValuesOf(sent, own).Select(v => v.ToString()).ToList();
        Remove(context, own);
        foreach (var name in NamesRead(context).Where(n => n != own))
        {
            var values = ValuesOf(sent, name).Select(v => v.ToString()).ToList();
            if (values.Exists(v => ours.Contains(v, StringComparer.Ordinal) || underOwn.Contains(v, StringComparer.Ordinal) || !HasForm(v)))
            {
                Remove(context, name);
            }
        }
    }

    /// <summary>The cookie that was sent lets nobody in: it is taken away with the refusal, unless a login comes first.</summary>
    internal static void ClearWhenRefused(HttpContext context) => context.Response.OnStarting(() =>
    {
        var own = OwnName(context) + "=";
        if (context.Response.StatusCode is StatusCodes.Status401Unauthorized or StatusCodes.Status302Found or StatusCodes.Status303SeeOther
            && !context.Response.Headers.SetCookie.Any(c => c?.StartsWith(own, StringComparison.Ordinal) == true))
        {
            Clear(context, []);
        }

        return Task.CompletedTask;
    });

    private static string OwnName(HttpContext context) => CookieNaming.Of(context).NameFor(context, KohakuAuthDefaults.CookieName);

    private static string[] NamesRead(HttpContext context)
    {
        var naming = CookieNaming.Of(context);
        var own = naming.NameFor(context, KohakuAuthDefaults.CookieName);
        if (!naming.IsSecure(context))
        {
            return [own, KohakuAuthDefaults.CookieName];
        }

        // A program on this machine cannot send a Secure cookie back; a browser may have been given the other names by a neighbour.
        return CookieNaming.IsPlainProgram(context)
            ? [own, KohakuAuthDefaults.SecureCookieName, own[CookieNaming.SecurePrefix.Length..], KohakuAuthDefaults.CookieName]
            : [own, KohakuAuthDefaults.SecureCookieName];
    }

    // Not Request.Cookies: it forgets that a name came twice.
    private static IEnumerable<StringSegment> ValuesOf(StringValues headers, string name)
    {
        foreach (var header in headers)
        {
            foreach (var segment in new StringTokenizer(header ?? "", [';']))
            {
                var pair = segment.Trim();
                if (pair.StartsWith(name, StringComparison.Ordinal) && pair.Length > name.Length && pair[name.Length] == '=')
                {
                    yield return pair.Subsegment(name.Length + 1);
                }
            }
        }
    }

    private static bool HasForm(string value) => SecretText.TryParse(SecretKind.Session, value, out _);

    private static void Append(HttpContext context, string name, string value, DateTimeOffset expiresAt) =>
        context.Response.Cookies.Append(name, value, Options(name, CookieNaming.PathFor(context, name), expiresAt));

    private static void Remove(HttpContext context, string name)
    {
        var path = CookieNaming.PathFor(context, name);
        context.Response.Cookies.Append(name, "", Options(name, path, DateTimeOffset.UnixEpoch));
        if (path != "/")
        {
            // From before the host was put under a path of its own.
            context.Response.Cookies.Append(name, "", Options(name, "/", DateTimeOffset.UnixEpoch));
        }
    }

    private static CookieOptions Options(string name, string path, DateTimeOffset expiresAt) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Path = path,
        Secure = name.StartsWith(CookieNaming.SecurePrefix, StringComparison.Ordinal),
        Expires = expiresAt,
        IsEssential = true,
    };
}
