using KohakuRiver.Auth.AspNetCore.Tests.Api;

namespace KohakuRiver.Auth.AspNetCore.Tests.Docs;

/// <summary>The description of the API in the repository is the one a running host serves.</summary>
public sealed class OpenApiFileTests
{
    [Fact]
    public async Task OpenApiJson_InTheRepository_IsWhatAHostServes()
    {
        await using var host = await TestHost.StartApiAsync();
        var served = (await host.Master.GetAsync("/api/openapi.json")).Expect(200).Text;
        RepositoryFile.Is("docs/generated/openapi.json", _ => served.ReplaceLineEndings("\n").TrimEnd() + "\n");
    }
}
