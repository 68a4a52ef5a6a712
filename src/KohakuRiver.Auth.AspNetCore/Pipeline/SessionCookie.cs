using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// The session cookie. Its name carries the deployment's id, and over HTTPS the <c>__Host-</c> prefix, without which no name is read there.
/// The names without the id are read after it: earlier versions set them, and so do other deployments on this host name.
/// </summary>
internal static class SessionCookie
{
    // More than browsers can hold of one name: each path and domain that reaches this host is one.
    private const int MostValues = 16;

    // Far above any real secret.
    private const int LongestValue = 512;

    /// <summary>
    /// The values that were sent, each once, those under the deployment's own name first; none where no such cookie was sent. Empty text
    /// stands for what cannot be right. A second cookie of the name, set by another port or a neighbouring host, thus locks nobody out.
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
            foreach (var header in sent)
            {
                foreach (var segment in new StringTokenizer(header ?? "", [';']))
                {
                    if (found.Count < MostValues && TryValue(segment, name, out var value))
                    {
                        found = With(found, value.Length > LongestValue ? "" : value.ToString());
                    }
                }
            }
        }

        return found;
    }

    /// <summary>The first value under the deployment's own name that has a session's form; null for none.</summary>
    internal static string? ReadOwn(HttpContext context) =>
        ValuesOf(context.Request.Headers.Cookie, OwnName(context)).Find(HasForm);

    /// <summary>
    /// Gives the client a session, and clears the cookies without the deployment's id whose value is one of <paramref name="ended"/>.
    /// The answer must not be cached.
    /// </summary>
    internal static void Write(HttpContext context, string value, DateTimeOffset expiresAt, IReadOnlyCollection<string> ended)
    {
        context.Response.Headers.CacheControl = "no-store";
        var own = OwnName(context);
        var other = CookieNaming.IsPlainProgram(context) ? KohakuAuthDefaults.CookieName : null;
        foreach (var name in NamesRead(context).Where(n => n != own && n != other))
        {
            if (ValuesOf(context.Request.Headers.Cookie, name).Exists(v => ended.Contains(v, StringComparer.Ordinal)))
            {
                Remove(context, name);
            }
        }

        Append(context, own, value, expiresAt);
        if (other is not null)
        {
            // The command line of the original knows only this name.
            Append(context, other, value, expiresAt);
        }
    }

    /// <summary>
    /// Clears the client's session cookies. One without the deployment's id may be another deployment's: it is cleared only where its
    /// value is one of <paramref name="ours"/>, was sent under our own name too, or is nobody's because it has no session's form.
    /// </summary>
    internal static void Clear(HttpContext context, IReadOnlyCollection<string> ours)
    {
        var own = OwnName(context);
        var sent = context.Request.Headers.Cookie;
        var underOwn = ValuesOf(sent, own);
        Remove(context, own);
        foreach (var name in NamesRead(context).Where(n => n != own))
        {
            var values = ValuesOf(sent, name);
            if (values.Exists(v => ours.Contains(v, StringComparer.Ordinal) || underOwn.Contains(v, StringComparer.Ordinal) || !HasForm(v)))
            {
                Remove(context, name);
            }
        }
    }

    /// <summary>The cookie that was sent is not valid: it is cleared with the refusal, unless a login comes first.</summary>
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

    private static string OwnName(HttpContext context) => NamesRead(context)[0];

    private static string[] NamesRead(HttpContext context) => CookieNaming.Of(context).SessionNames(context);

    private static StringValues With(StringValues found, string value) =>
        found.Count > 0 && found.Contains(value, StringComparer.Ordinal) ? found : StringValues.Concat(found, value);

    // Not Request.Cookies: it forgets that a name came twice.
    private static List<string> ValuesOf(StringValues headers, string name)
    {
        var values = new List<string>();
        foreach (var header in headers)
        {
            foreach (var segment in new StringTokenizer(header ?? "", [';']))
            {
                if (TryValue(segment, name, out var value))
                {
                    values.Add(value.ToString());
                }
            }
        }

        return values;
    }

    private static bool TryValue(StringSegment segment, string name, out StringSegment value)
    {
        var pair = segment.Trim();
        var isIt = pair.Length > name.Length && pair.StartsWith(name, StringComparison.Ordinal) && pair[name.Length] == '=';
        value = isIt ? pair.Subsegment(name.Length + 1) : default;
        return isIt;
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
