using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore.Http;

/// <summary>The headers every answer of ours carries.</summary>
internal static class ResponseGuards
{
    internal static void Apply(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
    }
}
