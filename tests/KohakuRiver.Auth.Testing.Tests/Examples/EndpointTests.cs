using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.Testing.Tests.Examples;

/// <summary>Worked example: the endpoints of a whole host, as each role.</summary>
// <snippet:endpoint>
public sealed class EndpointTests(ClusterFactory factory) : IClassFixture<ClusterFactory>
{
    [Theory]
    [InlineData(Role.Anony, HttpStatusCode.Unauthorized)]
    [InlineData(Role.Viewer, HttpStatusCode.Forbidden)]
    [InlineData(Role.User, HttpStatusCode.Forbidden)]
    [InlineData(Role.Operator, HttpStatusCode.Created)]
    [InlineData(Role.Admin, HttpStatusCode.Created)]
    public async Task CreateVps_AsEachRole_IsForOperatorsAndAbove(Role role, HttpStatusCode expected)
    {
        using var client = factory.CreateClient().ActAs(role);

        using var response = await client.PostAsJsonAsync("/api/vps", new { name = "Notebook" });

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task MyVps_OfAnOwner_ListsTheirsOnly()
    {
        using var maker = factory.CreateClient().ActAs(Role.Operator);
        var made = await (await maker.PostAsJsonAsync("/api/vps", new { name = "Olga's" })).Content.ReadFromJsonAsync<Vps>();

        using var olga = factory.CreateClient().ActAs(Role.User, "olga", groups: ["lab"], vps: [made!.Id]);
        using var otto = factory.CreateClient().ActAs(Role.User, "otto", groups: ["lab"]);

        Assert.Equal(made, Assert.Single((await olga.GetFromJsonAsync<Vps[]>("/api/vps/my"))!));
        Assert.Empty((await otto.GetFromJsonAsync<Vps[]>("/api/vps/my"))!);
    }

    [Fact]
    public async Task Sessions_AsASessionAndAsAToken_AreListedForBoth()
    {
        using var bySession = factory.CreateClient().ActAs(TestActors.Of(Role.User, username: "vera"));
        using var byToken = factory.CreateClient().ActAs(TestActors.Of(Role.User, username: "vera").AsToken());

        Assert.Single((await bySession.GetFromJsonAsync<object[]>("/api/auth/sessions"))!);
        Assert.Single((await byToken.GetFromJsonAsync<object[]>("/api/auth/sessions"))!);
    }

    private sealed record Vps([property: JsonPropertyName("vps_id")] string Id, string Name);
}
// </snippet:endpoint>
