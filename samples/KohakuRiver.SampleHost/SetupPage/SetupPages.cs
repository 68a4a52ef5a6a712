using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using KohakuRiver.Auth;
using KohakuRiver.Auth.Services;
using Microsoft.Extensions.Options;

namespace KohakuRiver.SampleHost.SetupPage;

/// <summary>
/// The one page this host has until the admin panel brings its own: the set-up link opens it to make the first admin. Removing this folder
/// and its call removes the page.
/// </summary>
internal static class SetupPages
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void MapSetupPage(this IEndpointRouteBuilder app)
    {
        app.MapGet("/admin", (HttpContext http) => Page(http, Asset("welcome.html"))).AllowAnonymous();
        app.MapGet("/admin/setup", ShowAsync).AllowAnonymous();
        app.MapGet("/admin/setup/setup.css", () => Results.Text(Asset("setup.css"), "text/css; charset=utf-8")).AllowAnonymous();
        app.MapGet("/admin/setup/setup.js", () => Results.Text(Asset("setup.js"), "text/javascript; charset=utf-8")).AllowAnonymous();
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, SetupService setup, IOptions<KohakuAuthOptions> options, string? code, CancellationToken ct)
    {
        if (!await setup.IsRequiredAsync(ct))
        {
            return Page(http, Asset("welcome.html"));
        }

        // Every value that goes into the page passes here.
        var html = Asset("setup.html")
            .Replace("{{minimum}}", options.Value.Passwords.MinimumLength.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{{code}}", HtmlEncoder.Default.Encode(code ?? ""), StringComparison.Ordinal);
        return Page(http, html);
    }

    private static IResult Page(HttpContext http, string html)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return Results.Text(html, "text/html; charset=utf-8");
    }

    private static string Asset(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"KohakuRiver.SampleHost.SetupPage.Assets.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
