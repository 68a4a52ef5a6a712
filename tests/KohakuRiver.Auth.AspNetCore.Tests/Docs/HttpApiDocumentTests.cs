using KohakuRiver.Auth.AspNetCore.Tests.Api;

namespace KohakuRiver.Auth.AspNetCore.Tests.Docs;

/// <summary>docs/http-api.md says what the host does.</summary>
public sealed class HttpApiDocumentTests
{
    [Fact]
    public async Task Tables_OfTheDocument_AreWrittenFromTheCode()
    {
        await using var host = await TestHost.StartApiAsync();
        var document = await ApiOperation.DocumentAsync(host);
        RepositoryFile.Is("docs/http-api.md", text => HttpApiDocument.Update(text, document));
        var written = RepositoryFile.Read("docs/http-api.md");
        Assert.All(
            EndpointTable.Rows.Where(r => r.Call != "GET /api/openapi.json"),
            r => Assert.Contains($"| {r.Method} `{r.Pattern[4..]}` ", written, StringComparison.Ordinal));
    }
}
