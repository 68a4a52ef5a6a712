using System.Text.Json.Nodes;

namespace KohakuRiver.Auth.AspNetCore.Tests;

/// <summary>A response, read whole.</summary>
internal sealed record Answer(int Status, string Body, string? ContentType, ILookup<string, string> Headers)
{
    internal JsonObject Json => JsonNode.Parse(Body)!.AsObject();

    internal string? Header(string name) => Headers[name].SingleOrDefault();

    internal static async Task<Answer> OfAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        await response.Content.ReadAsStringAsync(),
        response.Content.Headers.ContentType?.ToString(),
        response.Headers.Concat(response.Content.Headers)
            .SelectMany(h => h.Value.Select(value => (h.Key, value)))
            .ToLookup(h => h.Key, h => h.value, StringComparer.OrdinalIgnoreCase));

    /// <summary>It is a problem document of this status, with the headers every refusal carries.</summary>
    internal void AssertProblem(int status)
    {
        Assert.Equal(status, Status);
        Assert.Equal("application/problem+json; charset=utf-8", ContentType);
        Assert.Equal(status, (int)Json["status"]!);
        Assert.False(string.IsNullOrWhiteSpace((string)Json["title"]!));
        Assert.False(string.IsNullOrWhiteSpace((string)Json["detail"]!));
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("no-store", Header("Cache-Control"));
        if (status == 401)
        {
            Assert.Equal("Bearer", Header("WWW-Authenticate"));
        }
    }
}
