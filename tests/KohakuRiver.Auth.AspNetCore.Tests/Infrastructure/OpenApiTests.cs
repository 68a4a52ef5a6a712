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

    [Theory]
    [InlineData("/cluster", "/cluster/api/openapi.json", null, "/cluster")]
    [InlineData("/cluster", "/api/openapi.json", null, null)]
    [InlineData(null, "/api/openapi.json", "https://host.test/deep/er", "/deep/er")]
    [InlineData(null, "/api/openapi.json", null, null)]
    public async Task Document_BehindAPathBase_SaysItInItsServers(string? pathBase, string path, string? publicUrl, string? server)
    {
        await using var host = await TestHost.StartAsync(Setup with
        {
            Options = o => o.PublicUrl = publicUrl is null ? null : new Uri(publicUrl),
            Pipeline = app =>
            {
                app.UsePathBase(pathBase);
                app.UseRouting();
                app.UseKohakuAuth();
            },
        });
        var person = await host.AddAsync(Role.Viewer);

        var document = (await host.SendAsync(HttpMethod.Get, path, [person.BearerHeader], scheme: "https")).Json;

        Assert.Equal(server, (string?)document["servers"]?.AsArray().Single()!["url"]);
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

    [Fact]
    public async Task Document_OfCallsBelowTheHostsOwnGroups_HasTheAddressesThatAnswer()
    {
        await using var host = await TestHost.StartAsync(new HostSetup
        {
            Map = app =>
            {
                app.MapGroup("/t/{tenant:int}").MapKohakuAuth("/people");
                app.MapKohakuAuthOpenApi("/docs.json").AllowAnonymous();
            },
        });
        var document = (await host.GetAsync("/docs.json")).Json;

        var paths = document["paths"]!.AsObject();
        Assert.All(paths, path => Assert.StartsWith("/t/{tenant}/people/", path.Key, StringComparison.Ordinal));
        Assert.Equal(["tenant"], ParametersOf("/auth/status"));
        Assert.Equal(["tenant", "id", "user_id"], ParametersOf("/auth/groups/{id}/members/{user_id}"));
        Assert.Equal(200, (await host.GetAsync("/t/7/people/auth/status")).Status);

        IEnumerable<string> ParametersOf(string path) => paths["/t/{tenant}/people" + path]!.AsObject().First().Value!["parameters"]!
            .AsArray().Where(p => (string?)p!["in"] == "path" && (bool)p["required"]!).Select(p => (string)p!["name"]!);
    }

    [Fact]
    public async Task Document_OfCallsMappedTwice_HasBothAddressesAndNoIdTwice()
    {
        await using var host = await TestHost.StartAsync(new HostSetup
        {
            Map = app =>
            {
                app.MapKohakuAuth();
                app.MapKohakuAuth("/v2");
                app.MapKohakuAuthOpenApi("/docs.json").AllowAnonymous();
            },
        });
        var paths = (await host.GetAsync("/docs.json")).Json["paths"]!.AsObject();

        var calls = paths.SelectMany(path => path.Value!.AsObject()).ToList();
        var ids = calls.Select(c => (string?)c.Value!["operationId"]).Where(id => id is not null).ToList();
        Assert.Equal(calls.Count, 2 * ids.Count);
        Assert.Distinct(ids);
        Assert.Equal("getStatus", (string?)paths["/api/auth/status"]!["get"]!["operationId"]);
        Assert.NotNull(paths["/v2/auth/status"]?["get"]);
    }

    [Fact]
    public async Task Document_BehindAPathBase_NamesItAsItsServerEachTime()
    {
        await using var host = await TestHost.StartAsync(new HostSetup
        {
            Pipeline = app => app.UsePathBase("/cluster").UseRouting().UseKohakuAuth(),
            Map = app =>
            {
                app.MapKohakuAuth();
                app.MapKohakuAuthOpenApi().AllowAnonymous();
            },
        });

        foreach (var pathBase in new[] { "/cluster", "", "/cluster" })
        {
            var document = (await host.GetAsync(pathBase + "/api/openapi.json")).Json;
            Assert.Equal(pathBase.Length == 0 ? null : $$"""[{"url":"{{pathBase}}"}]""", document["servers"]?.ToJsonString());
            Assert.Contains("/api/auth/login", document["paths"]!.AsObject().Select(p => p.Key));
        }
    }

    [Fact]
    public async Task Document_OfAHostWithoutTheCalls_HasNone()
    {
        await using var host = await TestHost.StartAsync(new HostSetup { Map = app => app.MapKohakuAuthOpenApi().AllowAnonymous() });

        Assert.Empty((await host.GetAsync("/api/openapi.json")).Json["paths"]!.AsObject());
    }

    private static JsonNode Resolve(JsonObject document, JsonNode schema) =>
        (string?)schema["$ref"] is { } reference ? document["components"]!["schemas"]![reference.Split('/')[^1]]! : schema;
}
