using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.SampleHost.Tests;

public sealed class VisibilityTests : IDisposable
{
    private static readonly string[] Content = ["command", "arguments", "env_vars", "stdout", "stderr"];

    // The public list of the contract, the probes, the shortcuts, and the panel's pages for strangers.
    private static readonly string[] Public =
    [
        "/api/health", "/health/ready", "/health/live", "/api/auth/status", "/api/auth/login", "/api/auth/logout", "/api/auth/me",
        "/api/auth/register", "/api/auth/reset",
        "/", "/login", "/register", "/admin/login", "/admin/logout", "/admin/register", "/admin/setup", "/admin/reset", "/admin/theme",
    ];

    private readonly SampleHost host = new();

    [Fact]
    [Trait("Requirement", "R1"), Trait("Requirement", "R8"), Trait("Requirement", "V13.4.5")]
    public async Task Endpoint_OffThePublicList_Is401ForNobody()
    {
        using var nobody = host.Anonymous();
        var checkedOnes = 0;
        foreach (var endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var route = "/" + endpoint.RoutePattern.RawText!.Trim('/');
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                if (Public.Contains(route) || route.StartsWith("/admin/assets/", StringComparison.Ordinal))
                {
                    continue;
                }

                foreach (var mediaType in new[] { null, "application/json", "text/plain" })
                {
                    using var request = new HttpRequestMessage(
                        new HttpMethod(method), string.Join('/', route.Split('/').Select(part => part.StartsWith('{') ? "1" : part)));
                    request.Content = mediaType is null || method == "GET"
                        ? null
                        : new StringContent("{}", System.Text.Encoding.UTF8, mediaType);

                    var response = await nobody.SendAsync(request);

                    AssertRefused(response, route, $"{method} {route} ({mediaType}): {response.StatusCode}");
                    checkedOnes++;
                }
            }
        }

        Assert.True(checkedOnes > 100, $"Only {checkedOnes} requests were tried.");
    }

    // Calls answer 401; the panel's pages send people to the login page.
    private static void AssertRefused(HttpResponseMessage response, string route, string what)
    {
        if (!route.StartsWith("/admin", StringComparison.Ordinal))
        {
            Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, what);
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
            return;
        }

        Assert.True(response.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.SeeOther, what);
        Assert.StartsWith("/admin/login", response.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_OfATask_IsForItsOwnerAndOperators()
    {
        var (alice, _) = await host.UserAsync("alice", "user");
        var (bob, _) = await host.UserAsync("bob", "user");
        var (viewer, _) = await host.UserAsync("vera", "viewer");
        var (operatorClient, _) = await host.UserAsync("olga", "operator");
        var id = await SampleHost.SubmitAsync(alice, "echo", "secret");
        await SampleHost.ReadAsync(await operatorClient.PostAsync($"/api/approve/{id}", null));
        await SampleHost.WaitAsync(alice, id, "completed");

        foreach (var (client, sees) in new[] { (alice, true), (operatorClient, true), (bob, false), (viewer, false) })
        {
            var one = await SampleHost.GetAsync(client, $"/api/tasks/{id}");
            var listed = (await SampleHost.GetAsync(client, "/api/tasks"))[0];
            Assert.Equal("completed", one.GetProperty("status").GetString());
            Assert.All(Content, field => Assert.Equal(sees, one.GetProperty(field).ValueKind != JsonValueKind.Null));
            Assert.All(Content, field => Assert.Equal(sees, listed.GetProperty(field).ValueKind != JsonValueKind.Null));
        }
    }

    [Fact]
    public async Task Kill_IsForTheSubmitterAndOperators()
    {
        var (alice, _) = await host.UserAsync("alice", "user");
        var (bob, _) = await host.UserAsync("bob", "user");
        using var master = host.Master();
        var waiting = await SampleHost.SubmitAsync(alice, "sleep", "600");
        Assert.Equal(HttpStatusCode.Conflict, (await alice.PostAsync($"/api/kill/{waiting}", null)).StatusCode);
        await SampleHost.ReadAsync(await master.PostAsync($"/api/approve/{waiting}", null));
        await SampleHost.WaitAsync(alice, waiting, "running");

        Assert.Equal(HttpStatusCode.Forbidden, (await bob.PostAsync($"/api/kill/{waiting}", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.PostAsync("/api/kill/1", null)).StatusCode);
        await SampleHost.ReadAsync(await alice.PostAsync($"/api/kill/{waiting}", null));

        var killed = await SampleHost.WaitAsync(alice, waiting, "killed");
        Assert.NotEqual(JsonValueKind.Null, killed.GetProperty("completed_at").ValueKind);
        Assert.Equal(HttpStatusCode.Conflict, (await master.PostAsync($"/api/kill/{waiting}", null)).StatusCode);
    }

    [Fact]
    public async Task PlainPages_AreGuarded()
    {
        using var nobody = host.Anonymous();

        var page = await nobody.GetAsync(new Uri("/admin/setup?code=%22%3E%3Cscript%3E", UriKind.Relative));
        var redirect = await nobody.GetAsync(new Uri("/register?token=abc", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var html = await page.Content.ReadAsStringAsync();
        Assert.Contains("&quot;&gt;&lt;script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("\"><script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("no-store", page.Headers.CacheControl!.ToString());
        Assert.Equal("no-referrer", page.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("/admin/register?token=abc", redirect.Headers.Location!.ToString());
    }

    [Fact]
    public async Task UnknownPath_IsAProblemDocument()
    {
        using var nobody = host.Anonymous();

        var response = await nobody.GetAsync(new Uri("/api/nothing-here", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("detail").GetString()));
    }

    public void Dispose() => host.Dispose();
}
