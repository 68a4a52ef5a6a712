using System.Globalization;
using System.Net;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>Days in forms begin and end at the midnights of whoever sent them; without a word about that, at those of UTC.</summary>
public sealed class DayTests
{
    // Half past ten in the evening, in UTC, of a day that no cookie of today outlives.
    private static readonly DateTimeOffset Start = new(2040, 3, 1, 22, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("from=2040-03-01&to=2040-03-01", true)]
    [InlineData("from=2040-03-01&to=2040-03-01&from_offset=60&to_offset=60", true)]
    [InlineData("from=2040-03-01&to=2040-03-01&from_offset=120&to_offset=120", false)]
    [InlineData("from=2040-03-02&to=2040-03-02", false)]
    [InlineData("from=2040-03-02&to=2040-03-02&from_offset=120&to_offset=120", true)]
    [InlineData("to=2040-03-01&to_offset=90", false)]
    [InlineData("to=2040-03-01&to_offset=89", true)]
    [InlineData("from=2040-03-02&from_offset=90", true)]
    [InlineData("from=2040-03-02&from_offset=89", false)]
    public async Task AuditFilter_WithAnOffset_HoldsForPageAndExport(string query, bool isFound)
    {
        await using var host = await StartAsync();
        using var client = await host.LogInAsync(Role.Admin);
        await host.Get<IAuditService>().RecordAsync(host.ActorOf(Role.Admin), "host.event", "thing", "marker-of-this-test", null);
        foreach (var path in new[] { "/audit?", "/audit/export?format=csv&" })
        {
            var found = (await client.ReadAsync(path + query)).Contains("marker-of-this-test", StringComparison.Ordinal);
            Assert.True(isFound == found, path);
        }
    }

    [Fact]
    public async Task AuditFilter_OnFurtherPagesAndInExports_KeepsItsOffsets()
    {
        await using var host = await StartAsync();
        using var client = await host.LogInAsync(Role.Admin);
        var html = WebUtility.HtmlDecode(await client.ReadAsync("/audit?from=2040-03-01&from_offset=-60&to_offset=60"));
        Assert.Contains("/audit/export?from=2040-03-01&from_offset=-60&format=csv", html, StringComparison.Ordinal);

        // The field itself is filled by the browser that sends it.
        Assert.Matches("name=\"from_offset\"( value(=\"\")?)? data-day-of=\"a-from\"", html);
    }

    [Theory]
    [InlineData("from=2040-03-01&from_offset=841")]
    [InlineData("to=2040-03-01&to_offset=-841")]
    [InlineData("to=2040-03-01&to_offset=east")]
    public async Task AuditFilter_WithAnOffsetNoClockHas_IsRefused(string query)
    {
        await using var host = await StartAsync();
        using var client = await host.LogInAsync(Role.Admin);
        using var answer = await client.GetAsync("/audit?" + query);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("", "2040-03-12T00:00:00Z")]
    [InlineData("480", "2040-03-11T16:00:00Z")]
    [InlineData("-210", "2040-03-12T03:30:00Z")]
    [InlineData("840", "2040-03-11T10:00:00Z")]
    [InlineData("-840", "2040-03-12T14:00:00Z")]
    public async Task Token_ForALastDay_ExpiresAtItsEnd(string offset, string expires)
    {
        await using var host = await StartAsync();
        using var client = await host.LogInAsync(Role.Viewer);
        using var answer = await client.PostAsync(
            "/tokens", ("name", "laptop"), ("expiry", "date"), ("expires_on", "2040-03-11"), ("expires_on_offset", offset));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var tokens = await host.Get<ITokenService>().ListOwnAsync(host.ActorOf(Role.Viewer), new PageRequest(1));
        Assert.Equal(DateTimeOffset.Parse(expires, CultureInfo.InvariantCulture), tokens.Require().Items[0].ExpiresAt);
    }

    [Theory]
    [InlineData("2040-03-11", "841")]
    [InlineData("2040-03-11", "-9999")]
    [InlineData("2040-03-11", "soon")]
    [InlineData("0001-01-01", "840")]
    [InlineData("9999-12-31", "-840")]
    [InlineData("", "60")]
    public async Task Token_ForADayThatIsNone_IsRefusedAndAskedAgain(string day, string offset)
    {
        await using var host = await StartAsync();
        using var client = await host.LogInAsync(Role.Viewer);
        using var answer = await client.PostAsync(
            "/tokens", ("name", "laptop"), ("expiry", "date"), ("expires_on", day), ("expires_on_offset", offset));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("value=\"laptop\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, (await host.Get<ITokenService>().ListOwnAsync(host.ActorOf(Role.Viewer), new PageRequest(1))).Require().Total);
    }

    private static Task<PanelHost> StartAsync() =>
        PanelHost.StartAsync(services: s => s.AddSingleton<TimeProvider>(new FakeTimeProvider(Start)));
}
