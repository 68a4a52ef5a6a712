using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Stylesheet, script and icon. An address holds the hash of its content, so what it gives never changes.</summary>
internal static class AssetEndpoints
{
    internal const string Pattern = "/assets/{file}";

    internal static void Map(RouteGroupBuilder panel) =>
        panel.Page(Pattern, Serve).AllowAnonymous().IgnoreKohakuCredentials();

    private static IResult Serve(HttpContext http, PanelAssets assets, string file)
    {
        if (!assets.TryFind(file, out var asset))
        {
            return Results.NotFound();
        }

        // The same for everybody and no secret, so that compressing it tells nobody anything.
        var headers = http.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = HeaderNames.AcceptEncoding;
        var accepted = http.Request.GetTypedHeaders().AcceptEncoding;
        foreach (var (name, content) in asset.Compressed)
        {
            if (accepted.Any(a => a.Value.Equals(name, StringComparison.OrdinalIgnoreCase) && a.Quality is not 0))
            {
                headers.ContentEncoding = name;
                return Results.Bytes(content, asset.Type);
            }
        }

        return Results.Bytes(asset.Content, asset.Type);
    }
}
