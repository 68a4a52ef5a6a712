using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// A random value in a cookie that stays with the browser whoever is logged in: what is signed or sealed with it was made for this browser.
/// Pages, scripts and other sites cannot read it; it lets nobody in.
/// </summary>
internal static class BrowserKey
{
    /// <summary>The browser's key; null where it sent none.</summary>
    internal static string? Find(HttpContext http) =>
        http.Features.Get<Made>()?.Key ?? (PanelCookies.Read(http, PanelCookies.Form) is { Length: > 20 and < 100 } sent ? sent : null);

    /// <summary>The same; a browser without a key gets one with the answer.</summary>
    internal static string Get(HttpContext http)
    {
        if (Find(http) is { } known)
        {
            return known;
        }

        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        PanelCookies.Write(http, PanelCookies.Form, key, lifetime: null);
        http.Features.Set(new Made(key));
        return key;
    }

    // One answer gives one key, however often its page asks.
    private sealed record Made(string Key);
}
