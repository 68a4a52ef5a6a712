using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using KohakuRiver.SampleHost.Tests.Walk;

namespace KohakuRiver.SampleHost.Tests.Faults;

/// <summary>
/// Two processes on one SQLite file: what one takes away, the other refuses at once, although it keeps what it looked up.
/// </summary>
public sealed class TwoProcessTests(ITestOutputHelper output) : IDisposable
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("KOHAKU_FULL") == "1" ? 10_000 : 200;

    private readonly string folder = Directory.CreateTempSubdirectory("kohaku-two-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    [Trait("Requirement", "S3")]
    public async Task TwoProcessesOnOneFile_RevokedOnOne_IsRefusedByTheOtherAtOnce()
    {
        await using var one = await HostProcess.StartAsync(folder, Settings());
        await using var two = await HostProcess.StartAsync(folder, Settings());
        using var first = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = one.Address };
        using var second = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = two.Address };
        HttpClient[] hosts = [first, second];
        await SendAsync(first, WriteLoad.Request(HttpMethod.Post, "/api/auth/users", new
        {
            username = "owner",
            password = WriteLoad.Password,
            role = "user",
        }));
        var (_, cookie) = await SendAsync(
            first, WriteLoad.Request(HttpMethod.Post, "/api/auth/login", new { username = "owner", password = WriteLoad.Password }));

        for (var round = 0; round < Rounds; round++)
        {
            var here = hosts[round % 2];
            var there = hosts[(round + 1) % 2];
            var (made, _) = await SendAsync(
                here, WriteLoad.Request(HttpMethod.Post, "/api/auth/tokens/create", new { name = "t" }, cookie));
            var token = (string)made["token"]!;

            // Twice: the second answer comes from what the process keeps.
            Assert.Equal(HttpStatusCode.OK, await UseAsync(there, token));
            Assert.Equal(HttpStatusCode.OK, await UseAsync(there, token));
            await SendAsync(here, WriteLoad.Request(HttpMethod.Delete, $"/api/auth/tokens/{made["id"]}", null, cookie));

            Assert.True(
                await UseAsync(there, token) == HttpStatusCode.Unauthorized,
                $"Round {round}: accepted after its revocation was acknowledged.");
        }

        output.WriteLine($"{Rounds} revocations, 0 stale accepts.");
    }

    private static async Task<HttpStatusCode> UseAsync(HttpClient host, string token)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, "/api/auth/me") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var answer = await host.SendAsync(request);
        return answer.StatusCode;
    }

    private static async Task<(JsonNode Body, string? Cookie)> SendAsync(HttpClient host, HttpRequestMessage request)
    {
        using var sent = request;
        using var answer = await host.SendAsync(sent);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{request.Method} {request.RequestUri}: {(int)answer.StatusCode} {text}");
        return (JsonNode.Parse(text)!, answer.Headers.TryGetValues("Set-Cookie", out var set) ? set.First().Split(';')[0] : null);
    }

    private static Dictionary<string, string> Settings() => new(StringComparer.Ordinal)
    {
        ["ADMIN_SECRET"] = WriteLoad.Master,
        ["KohakuAuth__Passwords__WorkFactor"] = "10",
    };
}
