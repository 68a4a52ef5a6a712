using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KohakuRiver.SampleHost.Tests.Walk;

/// <summary>Somebody at a terminal: an HTTP client with cookies of its own, and perhaps a token or the master secret.</summary>
internal sealed class Person : IDisposable
{
    private readonly HttpClient client;

    internal Person(Uri address, string? bearer = null, string? master = null)
    {
        client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = address };
        if (bearer is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        }

        if (master is not null)
        {
            client.DefaultRequestHeaders.Add("X-Admin-Token", master);
        }
    }

    internal Task<JsonNode> GetAsync(string path, HttpStatusCode expected = HttpStatusCode.OK) =>
        SendAsync(HttpMethod.Get, path, null, expected);

    internal Task<JsonNode> PostAsync(string path, object? body = null, HttpStatusCode expected = HttpStatusCode.OK) =>
        SendAsync(HttpMethod.Post, path, body, expected);

    internal async Task<JsonNode> SendAsync(HttpMethod method, string path, object? body, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        }

        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{method} {path}: {(int)response.StatusCode} instead of {(int)expected}: {text}");
        return JsonNode.Parse(text) ?? throw new InvalidOperationException($"{path} answered null.");
    }

    /// <summary>Only what it answered.</summary>
    internal async Task<HttpStatusCode> AskAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>An answer that is no JSON; its media type first.</summary>
    internal async Task<(string? Type, string Text)> ReadTextAsync(string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());
    }

    public void Dispose() => client.Dispose();
}
