using System.Net;
using System.Net.Http.Json;
using KohakuRiver.SampleHost.Tests.Walk;

namespace KohakuRiver.SampleHost.Tests;

public sealed class ObservingTests
{
    private static readonly Uri Metrics = new("/metrics", UriKind.Relative);

    // A process of its own: whoever collects collects from all hosts of the process.
    [Fact]
    public async Task Metrics_WhereTheyAreShown_AreForAdminsAndCountTheirLogins()
    {
        using var folder = new TempFolder();
        await using var host = await HostProcess.StartAsync(folder.Path, new Dictionary<string, string>
        {
            ["SampleHost__ShowMetrics"] = "true", ["ADMIN_SECRET"] = SampleHost.MasterSecret, ["KohakuAuth__Passwords__WorkFactor"] = "10",
        });
        using var nobody = new HttpClient { BaseAddress = host.Address };
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync(Metrics)).StatusCode);
        using var master = new HttpClient { BaseAddress = host.Address };
        master.DefaultRequestHeaders.Add("X-Admin-Token", SampleHost.MasterSecret);
        const string Password = "four plain words here";
        await SampleHost.ReadAsync(
            await master.PostAsJsonAsync("/api/auth/users", new { username = "oda", password = Password, role = "operator" }));
        await SampleHost.ReadAsync(await nobody.PostAsJsonAsync("/api/auth/login", new { username = "oda", password = Password }));
        Assert.Equal(HttpStatusCode.Forbidden, (await nobody.GetAsync(Metrics)).StatusCode);
        using var wrong = await nobody.PostAsJsonAsync("/api/auth/login", new { username = "nobody", password = "wrong password" });
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);

        var text = await master.GetStringAsync(Metrics);

        Assert.Contains("# TYPE kohaku_river_auth_logins_total counter\n", text, StringComparison.Ordinal);
        Assert.Equal("1", ValueOf(text, "logins_total", "outcome=bad_credentials"));
        Assert.Equal("1", ValueOf(text, "logins_total", "outcome=success"));
        Assert.Equal("2", ValueOf(text, "password_hash_duration_seconds_count", "password_hash_operation=verify"));
        Assert.Equal("0", ValueOf(text, "password_hash_queue_length"));
        Assert.NotEqual(
            "0", ValueOf(text, "authentications_total", "credential_kind=master_secret", "cache_result=none", "outcome=success"));
        Assert.Contains("\nhttp_server_request_duration_seconds_count{", text, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody", text, StringComparison.Ordinal);
        Assert.DoesNotContain("oda", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_WhereTheyAreNotShown_AreNotThere()
    {
        await using var host = new SampleHost();
        using var master = host.Master();
        Assert.Equal(HttpStatusCode.NotFound, (await master.GetAsync(Metrics)).StatusCode);
    }

    [Fact]
    public async Task Probes_OfAHostThatIsWell_SayOneWord()
    {
        await using var host = new SampleHost();
        using var nobody = host.Anonymous();
        foreach (var path in new[] { "/health/ready", "/health/live" })
        {
            Assert.Equal("Healthy", await nobody.GetStringAsync(new Uri(path, UriKind.Relative)));
        }
    }

    // The value of the one series that has all these attributes, beside those the exporter adds.
    private static string ValueOf(string text, string name, params string[] attributes) =>
        Assert.Single(text.Split('\n'), line => line.StartsWith($"kohaku_river_auth_{name}{{", StringComparison.Ordinal)
            && attributes.All(
                a => line.Contains($"kohaku_river_auth_{a.Replace("=", "=\"", StringComparison.Ordinal)}\"", StringComparison.Ordinal)))
            .Split("} ")[1].Split(' ')[0];
}
