using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting;

namespace KohakuRiver.SampleHost.Tests;

public sealed class ObservingTests
{
    [Fact]
    public async Task Metrics_WhereTheyAreShown_AreForOperatorsAndCountTheirLogins()
    {
        await using var made = new SampleHost();
        await using var host = made.WithWebHostBuilder(b => b.UseSetting("SampleHost:ShowMetrics", "true"));
        using var nobody = host.CreateClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync(new Uri("/api/host/metrics", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.PostAsJsonAsync("/api/auth/login", new { username = "nobody", password = "wrong password" })).StatusCode);
        using var master = host.CreateClient();
        master.DefaultRequestHeaders.Add("X-Admin-Token", SampleHost.MasterSecret);
        await master.GetAsync(new Uri("/api/nodes", UriKind.Relative));

        var text = await master.GetStringAsync(new Uri("/api/host/metrics", UriKind.Relative));

        Assert.Contains("# TYPE kohaku_river_auth_logins_total counter\nkohaku_river_auth_logins_total{kohaku_river_auth_outcome=\"bad_credentials\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("kohaku_river_auth_credential_kind=\"master_secret\",kohaku_river_auth_cache_result=\"none\",kohaku_river_auth_outcome=\"success\"} ", text, StringComparison.Ordinal);
        Assert.Contains("kohaku_river_auth_password_hash_duration_seconds_count{kohaku_river_auth_password_hash_operation=\"verify\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("\nkohaku_river_auth_password_hash_queue_length 0\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_WhereTheyAreNotShown_AreNotThere()
    {
        await using var host = new SampleHost();
        using var master = host.Master();
        Assert.Equal(HttpStatusCode.NotFound, (await master.GetAsync(new Uri("/api/host/metrics", UriKind.Relative))).StatusCode);
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
}
