using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace KohakuRiver.Auth.Testing;

/// <summary>
/// Turns the key of <c>client.ActAs(…)</c> into a real credential on the request, in place of those the client sends itself. Decides
/// nothing: the host's own pipeline does.
/// </summary>
internal sealed class ActAsMiddleware(RequestDelegate next, ActCredentials credentials)
{
    private static readonly string[] SessionCookies = [KohakuAuthDefaults.CookieName, KohakuAuthDefaults.SecureCookieName];

    public async Task InvokeAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers.Remove(ActIdentities.Header, out var keys) && keys.Count == 1 && ActIdentities.Find(keys[0]) is { } identity)
        {
            var credential = await credentials.GetAsync(keys[0]!, identity, context.RequestAborted);
            headers.Remove(HeaderNames.Authorization);
            headers.Remove(KohakuAuthDefaults.MasterHeader);
            headers.Remove(KohakuAuthDefaults.MasterHeaderAlias);
            var cookies = OthersThanSessions(headers.Cookie);
            switch (identity.Kind)
            {
                case ActorKind.Session:
                    // Under both names: which one is read depends on how the host sees the request's scheme.
                    cookies = cookies.Concat(SessionCookies.Select(name => $"{name}={credential}"));
                    break;
                case ActorKind.MasterSecret:
                    headers[KohakuAuthDefaults.MasterHeader] = credential;
                    break;
                default:
                    headers.Authorization = "Bearer " + credential;
                    break;
            }

            var cookie = string.Join("; ", cookies);
            headers.Cookie = cookie.Length == 0 ? default : cookie;
        }

        await next(context);
    }

    private static IEnumerable<string> OthersThanSessions(IEnumerable<string?> cookies) => cookies
        .SelectMany(header => (header ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        .Where(pair => !IsSession(pair.Split('=')[0].TrimEnd()));

    // With or without the id of a deployment at its end.
    private static bool IsSession(string name) =>
        Array.Exists(SessionCookies, s => name == s || name.StartsWith(s + "_", StringComparison.Ordinal));
}
