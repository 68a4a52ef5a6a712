using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using KohakuRiver.Auth.Benchmarks.Hosting;

namespace KohakuRiver.Auth.Benchmarks.Suites;

/// <summary>Makes a token on one instance, uses it on the other, revokes it on the first and tries it once more on the other.</summary>
internal sealed class Revoker : IDisposable
{
    private readonly HttpClient from;
    private readonly HttpClient to;
    private readonly string session;

    public Revoker(Instance.Ready from, Instance.Ready to)
    {
        this.from = new HttpClient { BaseAddress = new Uri(from.Root) };
        this.to = new HttpClient { BaseAddress = new Uri(to.Root) };
        session = $"kohakuriver_session={from.Session}";
    }

    /// <summary>True when the other instance still let the token in after the revocation was acknowledged.</summary>
    public async Task<bool> IsStaleAsync()
    {
        using var create = FromSession(HttpMethod.Post, "/api/auth/tokens/create");
        create.Content = JsonContent.Create(new { name = "revoked soon" });
        using var created = await from.SendAsync(create);
        var token = await created.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        var secret = token.GetProperty("token").GetString()!;
        if (await UseAsync(secret) != HttpStatusCode.OK)
        {
            throw new InvalidOperationException("A token just made was refused.");
        }

        using var delete = FromSession(HttpMethod.Delete, $"/api/auth/tokens/{token.GetProperty("id").GetInt64()}");
        using var deleted = await from.SendAsync(delete);
        deleted.EnsureSuccessStatusCode();
        return await UseAsync(secret) switch
        {
            HttpStatusCode.Unauthorized => false,
            HttpStatusCode.OK => true,
            var other => throw new InvalidOperationException($"The answer was {other}."),
        };
    }

    public void Dispose()
    {
        from.Dispose();
        to.Dispose();
    }

    private async Task<HttpStatusCode> UseAsync(string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, PlainApp.Path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        using var answer = await to.SendAsync(request);
        return answer.StatusCode;
    }

    private HttpRequestMessage FromSession(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Cookie", session);
        return request;
    }
}
