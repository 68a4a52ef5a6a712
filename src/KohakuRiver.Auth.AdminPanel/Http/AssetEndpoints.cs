using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

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

        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(asset.Content, asset.Type);
    }
}
