using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// The panel's own small cookies, named like the session's. None of them lets anybody in, and none holds anything about a person.
/// </summary>
internal static class PanelCookies
{
    /// <summary>Ties a form shown to nobody in particular to the browser it was shown to.</summary>
    internal const string Form = "kohakuriver_form";

    /// <summary>What the next page says first.</summary>
    internal const string Flash = "kohakuriver_flash";

    /// <summary><c>light</c>, <c>dark</c> or <c>system</c>; absent: as the host wants it.</summary>
    internal const string Theme = "kohakuriver_theme";

    /// <summary>That the first steps are no longer to be shown in this browser.</summary>
    internal const string Steps = "kohakuriver_steps";

    internal static string? Read(HttpContext http, string name) => http.Request.Cookies[NameOf(http, name)];

    internal static void Write(HttpContext http, string name, string value, TimeSpan? lifetime) =>
        http.Response.Cookies.Append(NameOf(http, name), value, Options(http, name, lifetime));

    internal static void Clear(HttpContext http, string name) =>
        http.Response.Cookies.Delete(NameOf(http, name), Options(http, name, null));

    private static string NameOf(HttpContext http, string name) => CookieNaming.Of(http).NameFor(http, name);

    private static CookieOptions Options(HttpContext http, string name, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Path = CookieNaming.PathFor(http, NameOf(http, name)),
        Secure = CookieNaming.Of(http).IsSecure(http),
        MaxAge = lifetime,
        IsEssential = true,
    };
}
