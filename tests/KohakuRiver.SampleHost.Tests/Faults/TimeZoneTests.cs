using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using KohakuRiver.SampleHost.Tests.Walk;

namespace KohakuRiver.SampleHost.Tests.Faults;

/// <summary>A host on a machine whose local time is hours away and has summer time.</summary>
public sealed partial class TimeZoneTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("kohaku-zone-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    [Trait("Requirement", "D9"), Trait("Requirement", "V16.2.2")]
    public async Task Process_InAnotherTimeZone_WritesAndTellsUtc()
    {
        var before = TimeProvider.System.GetUtcNow().AddSeconds(-1);
        await using var host = await HostProcess.StartAsync(folder, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TZ"] = "America/New_York",
            ["ADMIN_SECRET"] = WriteLoad.Master,
            ["KohakuAuth__Passwords__WorkFactor"] = "10",
        });
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = host.Address };

        // Thirty days: every change of summer time is within some such span, whenever this runs.
        await SendAsync(HttpMethod.Post, "/api/auth/users", new { username = "owner", password = WriteLoad.Password, role = "user" });
        var invitation = await SendAsync(HttpMethod.Post, "/api/auth/invitations", new { expires_hours = 720 });
        var audit = await SendAsync(HttpMethod.Get, "/api/auth/audit", null);
        var after = TimeProvider.System.GetUtcNow().AddSeconds(1);

        var times = Times().Matches(invitation + audit).Select(m => m.Value).ToList();
        Assert.True(times.Count >= 4, invitation + audit);
        Assert.All(times, time => Assert.EndsWith("Z", time, StringComparison.Ordinal));
        Assert.All(
            times.Select(Parse),
            time => Assert.True(IsNow(time) || IsNow(time.AddHours(-720)), $"{time:O} is neither now nor in 720 hours."));

        // The file holds microseconds since 1970, UTC.
        var file = new DataFile(Path.Combine(folder, "walk.db"));
        foreach (var sql in new[]
        {
            "SELECT MAX(at) FROM kohaku_audit",
            "SELECT MAX(created_at) FROM kohaku_users",
            "SELECT MAX(expires_at) - 720 * 3600000000 FROM kohaku_invitations",
        })
        {
            Assert.True(IsNow(DateTimeOffset.UnixEpoch.AddMicroseconds(file.Count(sql))), sql);
        }

        bool IsNow(DateTimeOffset time) => time >= before && time <= after;

        async Task<string> SendAsync(HttpMethod method, string path, object? body)
        {
            using var request = WriteLoad.Request(method, path, body);
            using var answer = await client.SendAsync(request);
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
            return await answer.Content.ReadAsStringAsync();
        }
    }

    private static DateTimeOffset Parse(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<="")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[^""]*(?="")", RegexOptions.None, 1000)]
    private static partial Regex Times();
}
