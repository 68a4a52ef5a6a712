using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The one-use links that people pass on, built from the configured public address or else from the request's own.</summary>
internal static class PageLinks
{
    internal static string Register(HttpContext http, SecretText code) => Link(http, p => p.Register, "token", code);

    internal static string Reset(HttpContext http, SecretText code) => Link(http, p => p.Reset, "code", code);

    private static string Link(HttpContext http, Func<LinkedPages, string> path, string parameter, SecretText code)
    {
        var options = http.RequestServices.GetRequiredService<IOptions<KohakuAuthOptions>>().Value;
        var page = path(http.RequestServices.GetRequiredService<LinkedPages>());
        var view = RequestView.Of(http);
        var origin = options.PublicUrl is { } url
            ? url.ToString().TrimEnd('/')
            : $"{view.Scheme}://{view.Host.ToUriComponent()}{view.PathBase}";

        // Codes consist of letters, digits and an underscore, so there is nothing to escape.
        return $"{origin}{page}?{parameter}={code.Reveal()}";
    }
}
