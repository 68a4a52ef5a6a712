using System.Text.Json.Nodes;
using KohakuRiver.Auth.AspNetCore.Tests.Api;

namespace KohakuRiver.Auth.AspNetCore.Tests.Docs;

/// <summary>The description of the API in the repository is the one of the endpoints, and the one a running host serves.</summary>
public sealed class OpenApiFileTests
{
    [Fact]
    public async Task OpenApiJson_InTheRepository_IsWrittenFromTheEndpoints()
    {
        var written = await KohakuOpenApi.WriteAsync();
        RepositoryFile.Is("docs/generated/openapi.json", _ => written.ReplaceLineEndings("\n").TrimEnd() + "\n");
    }

    [Theory]
    [InlineData("CreateUserRequest", true)]
    [InlineData("UpdateUserRequest", true)]
    [InlineData("SetRoleRequest", true)]
    [InlineData("RegisterRequest", true)]
    [InlineData("CreateInvitationRequest", false)]
    public async Task RolesOfARequest_IncludeAnonyForUsersOnly(string request, bool includesAnony)
    {
        var document = JsonNode.Parse(await KohakuOpenApi.WriteAsync())!;

        var roles = document["components"]!["schemas"]![request]!["properties"]!["role"]!["enum"]!.AsArray()
            .Select(name => name?.GetValue<string>()).OfType<string>();

        Assert.Equal(includesAnony ? RoleNames.All : RoleNames.All.Skip(1), roles);
    }

    [Fact]
    public async Task OpenApiJson_ServedByAHost_IsTheOneOfTheEndpoints()
    {
        var written = JsonNode.Parse(await KohakuOpenApi.WriteAsync());
        await using var host = await TestHost.StartApiAsync();
        var served = JsonNode.Parse((await host.Master.GetAsync("/api/openapi.json")).Expect(200).Text);
        Assert.True(
            JsonNode.DeepEquals(written, served), "The library was built with an older docs/generated/openapi.json: build it again.");
        Assert.Equal(Paths(written), Paths(served));

        static IEnumerable<string> Paths(JsonNode? document) => document!["paths"]!.AsObject().Select(p => p.Key);
    }
}
