using System.Text.Json.Nodes;

namespace KohakuRiver.Auth.Packages.Tests;

/// <summary>An app that describes its own calls with an OpenAPI library of the generation before the framework's.</summary>
public sealed class SwaggerConsumerTests(Feed feed)
{
    [Fact]
    public async Task Swagger_OnOpenApi1_DescribesTheAppsCallsNextToOurDocument()
    {
        await using var host = await RunningHost.StartAsync(await feed.Local.BuildConsumerAsync("SwaggerApp"));
        using var client = new HttpClient { BaseAddress = new Uri(host.SetupLink.GetLeftPart(UriPartial.Authority)) };

        var own = await DocumentAsync("/swagger/v1/swagger.json");
        Assert.Equal("3.0.4", (string?)own["openapi"]);
        Assert.Equal(["/jobs/{id}"], PathsOf(own));

        var ours = await DocumentAsync("/cluster/docs/people.json");
        Assert.Equal("3.1.1", (string?)ours["openapi"]);
        Assert.Equal("""[{"url":"/cluster"}]""", ours["servers"]?.ToJsonString());
        Assert.All(PathsOf(ours), path => Assert.StartsWith("/people-api/", path, StringComparison.Ordinal));
        using var status = await client.GetAsync(new Uri("/cluster/people-api/auth/status", UriKind.Relative));
        Assert.True(status.IsSuccessStatusCode);
        Assert.Contains("/people-api/auth/status", PathsOf(ours));

        async Task<JsonNode> DocumentAsync(string path) =>
            JsonNode.Parse(await client.GetStringAsync(new Uri(path, UriKind.Relative)))!;

        static IEnumerable<string> PathsOf(JsonNode document) => document["paths"]!.AsObject().Select(p => p.Key);
    }
}
