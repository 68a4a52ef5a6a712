using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KohakuRiver.SampleHost.Tests.Operations;

/// <summary>Who runs the host, with its master secret.</summary>
internal static class Operator
{
    /// <summary>Makes an account, or says why there is none.</summary>
    internal static async Task AddUserAsync(Uri host, string secret, string name, string password, string role = "user")
    {
        var (status, answer) = await SendAsync(host, secret, HttpMethod.Post, "/api/auth/users", new { username = name, password, role });
        Assert.True(status == HttpStatusCode.Created, answer);
    }

    /// <summary>What the host answers to its master secret.</summary>
    internal static async Task<JsonNode> GetAsync(Uri host, string secret, string path)
    {
        var (status, answer) = await SendAsync(host, secret, HttpMethod.Get, path, null);
        Assert.True(status == HttpStatusCode.OK, answer);
        return JsonNode.Parse(answer)!;
    }

    /// <summary>How the host answers to somebody who has this secret.</summary>
    internal static async Task<(HttpStatusCode Status, string Answer)> SendAsync(
        Uri host, string secret, HttpMethod method, string path, object? body)
    {
        using var client = new HttpClient { BaseAddress = host };
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Add("X-Admin-Token", secret);
        if (body is not null)
        {
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
