using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>The OpenAPI document: ours only, and not public.</summary>
public sealed class OpenApiTests
{
    private static readonly HostSetup Setup = new()
    {
        Map = app =>
        {
            app.MapKohakuAuth();
            app.MapKohakuAuthOpenApi();
            app.MapGet("/api/own", () => "theirs");
        },
    };

    [Fact]
    [Trait("Requirement", "R8"), Trait("Requirement", "V13.4.5")]
    public async Task Document_NeedsTheViewPermission()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);

        (await host.GetAsync("/api/openapi.json")).AssertProblem(401);
        Assert.Equal(200, (await host.GetAsync("/api/openapi.json", person.BearerHeader)).Status);
    }

    [Fact]
    [Trait("Requirement", "R8")]
    public async Task Document_IsPublicWhereTheHostSaysSo()
    {
        await using var host = await TestHost.StartAsync(
            new HostSetup { Map = app => app.MapKohakuAuthOpenApi("/docs.json").AllowAnonymous() });

        Assert.Equal(200, (await host.GetAsync("/docs.json")).Status);
    }

    [Fact]
    public async Task Document_HasOurCallsTheirBodiesAndTheWaysToLogIn()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);

        var answer = await host.GetAsync("/api/openapi.json", person.BearerHeader);

        Assert.Equal("application/json; charset=utf-8", answer.ContentType);
        var paths = answer.Json["paths"]!.AsObject();
        Assert.Contains("/api/auth/login", paths.Select(p => p.Key));
        Assert.DoesNotContain("/api/own", paths.Select(p => p.Key));
        Assert.DoesNotContain("/api/openapi.json", paths.Select(p => p.Key));
        Assert.Equal(["bearer", "session", "master_secret"], answer.Json["components"]!["securitySchemes"]!.AsObject().Select(s => s.Key));
        var login = paths["/api/auth/login"]!["post"]!;
        Assert.Empty(login["security"]!.AsArray());
        var schema = Resolve(answer.Json, login["requestBody"]!["content"]!["application/json"]!["schema"]!);
        Assert.Equal(["username", "password"], schema["properties"]!.AsObject().Select(p => p.Key));
        Assert.Equal(3, paths["/api/auth/users"]!["get"]!["security"]!.AsArray().Count);
        Assert.Contains("cursor", paths["/api/auth/users"]!["get"]!["parameters"]!.AsArray().Select(p => (string)p!["name"]!));
    }

    private static JsonNode Resolve(JsonObject document, JsonNode schema) =>
        (string?)schema["$ref"] is { } reference ? document["components"]!["schemas"]![reference.Split('/')[^1]]! : schema;
}
