using System.Net;
using System.Net.Http.Json;
using KohakuRiver.SampleHost.Tests.Walk;

namespace KohakuRiver.SampleHost.Tests;

/// <summary>
/// How the runtime treats other alphabets is set from outside, in containers above all: either passwords mean what they mean on any other
/// host, or the host does not start.
/// </summary>
public sealed class GlobalizationTests : IDisposable
{
    private const string Master = "globalization-tests-secret-0123456789";

    private readonly string folder = Directory.CreateTempSubdirectory("kohaku-globalization-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("1")]
    [InlineData("true")]
    [Trait("Requirement", "B2")]
    public async Task Host_InInvariantMode_RefusesToStartAndSaysWhatToSet(string value)
    {
        var ended = await Assert.ThrowsAsync<InvalidOperationException>(
            () => HostProcess.StartAsync(folder, Environment("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", value)));
        Assert.Contains(
            "The process runs in invariant globalization mode, in which passwords with accents would differ from host to host: set "
            + "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT to 0 (InvariantGlobalization to false in the project) and install ICU.",
            ended.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DOTNET_SYSTEM_GLOBALIZATION_PREDEFINED_CULTURES_ONLY", "1")]
    [InlineData("LANG", "tr_TR.UTF-8")]
    [InlineData("LC_ALL", "C")]
    [Trait("Requirement", "B2")]
    public async Task Host_UnderOtherSettings_TakesAPasswordInEitherForm(string name, string value)
    {
        await using var host = await HostProcess.StartAsync(folder, Environment(name, value));
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = host.Address };
        const string composed = "s\u00e9ven gr\u00ebY h\u00e9rons \uac00";
        var decomposed = string.Concat("se\u0301ven gre\u0308Y he\u0301rons ", "\u1100\u1161");
        await SendAsync("/api/auth/users", new { username = "ISTANBUL-i", password = decomposed, role = "user" }, HttpStatusCode.Created);

        // Names fold alike everywhere: i and I are one letter.
        await SendAsync("/api/auth/login", new { username = "istanbul-I", password = composed }, HttpStatusCode.OK);
        await SendAsync("/api/auth/login", new { username = "Istanbul-i", password = decomposed }, HttpStatusCode.OK);
        var upper = composed.ToUpperInvariant();
        await SendAsync("/api/auth/login", new { username = "istanbul-i", password = upper }, HttpStatusCode.Unauthorized);
        await SendAsync("/api/auth/users", new { username = "istanbul-I", password = decomposed, role = "user" }, HttpStatusCode.Conflict);

        async Task SendAsync(string path, object body, HttpStatusCode expected)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
            if (path != "/api/auth/login")
            {
                request.Headers.Add("X-Admin-Token", Master);
            }

            using var answer = await client.SendAsync(request);
            Assert.Equal(expected, answer.StatusCode);
        }
    }

    private static Dictionary<string, string> Environment(string name, string value) => new(StringComparer.Ordinal)
    {
        ["ADMIN_SECRET"] = Master,
        ["KohakuAuth__Passwords__WorkFactor"] = "10",
        [name] = value,
    };
}
