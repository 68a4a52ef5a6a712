using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>A bare JSON array, written item by item, so that contracts need no metadata for their arrays.</summary>
internal sealed class JsonListResult<T>(IReadOnlyList<T> items, JsonTypeInfo<T> contract) : IResult
{
    private const int FlushBytes = 32 * 1024;

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter);
        json.WriteStartArray();
        foreach (var item in items)
        {
            JsonSerializer.Serialize(json, item, contract);
            if (json.BytesPending > FlushBytes)
            {
                await json.FlushAsync(httpContext.RequestAborted);
                await httpContext.Response.BodyWriter.FlushAsync(httpContext.RequestAborted);
            }
        }

        json.WriteEndArray();
    }
}
