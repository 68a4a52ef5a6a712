using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api;

/// <summary>Somebody who calls, with the credentials they send.</summary>
internal sealed record ApiClient(TestHost Host)
{
    internal string? Cookie { get; init; }

    internal string? Bearer { get; init; }

    internal string? Master { get; init; }

    /// <summary>The network address it calls from; null for none, which is never throttled.</summary>
    internal string? Address { get; init; }

    /// <summary>One header more, for instance <c>Sec-Fetch-Site</c>.</summary>
    internal (string Name, string Value)? Header { get; init; }

    internal Task<ApiAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    internal Task<ApiAnswer> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body);

    internal Task<ApiAnswer> PutAsync(string path, object? body = null) => SendAsync(HttpMethod.Put, path, body);

    internal Task<ApiAnswer> PatchAsync(string path, object? body = null) => SendAsync(HttpMethod.Patch, path, body);

    internal Task<ApiAnswer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    /// <summary>Sends a call; a 500 fails the test, whatever it is about.</summary>
    internal async Task<ApiAnswer> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = Request(method, path, body);
        using var response = await Host.Http.SendAsync(request);
        var answer = await ApiAnswer.ReadAsync(response, $"{method} {path}");
        Assert.False(answer.Status == 500, $"{method} {path} answered 500: {answer.Text} {string.Join('\n', Host.Logs.Texts())}");
        return answer;
    }

    internal HttpRequestMessage Request(HttpMethod method, string path, object? body = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = ContentOf(body) };
        Add(request, "Cookie", Cookie is null ? null : $"{KohakuAuthDefaults.CookieName}={Cookie}");
        Add(request, "Authorization", Bearer is null ? null : $"Bearer {Bearer}");
        Add(request, KohakuAuthDefaults.MasterHeader, Master);
        Add(request, TestHost.AddressHeader, Address);
        Add(request, Header?.Name ?? "", Header?.Value);
        return request;
    }

    /// <summary>JSON of an object; a string is sent as it is.</summary>
    private static HttpContent? ContentOf(object? body) => body switch
    {
        null => null,
        HttpContent content => content,
        byte[] bytes => new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        string text => new StringContent(text, Encoding.UTF8, "application/json"),
        _ => new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
    };

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
