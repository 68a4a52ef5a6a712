using System.Net;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>Exports of the audit log from the panel, and the way to register before anybody looks after the host.</summary>
public sealed class AuditExportTests
{
    [Fact]
    [Trait("Requirement", "R14")]
    public async Task Export_FromThePanel_IsRecordedAndAPageIsNot()
    {
        await using var host = await PanelHost.StartAsync();
        using var admin = await host.LogInAsync(Role.Admin);
        await admin.ReadAsync("/audit");
        foreach (var (path, detail) in new[]
        {
            ("/audit/export", "csv; everything"), ("/audit/export?format=jsonl&actor=the-user", "jsonl; actor the-user"),
        })
        {
            using var answer = await admin.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.NotNull(await answer.Content.ReadAsStringAsync());
            var newest = (await ExportsAsync(host)).Items[0];
            Assert.Equal((detail, host.Users[Role.Admin].Id, "127.0.0.1"), (newest.Detail, newest.ActorId, newest.IpAddress));
        }

        using var op = await host.LogInAsync(Role.Operator);
        using var refused = await op.GetAsync("/audit/export");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(2, (await ExportsAsync(host)).Total);
    }

    [Fact]
    public async Task OpenRegistration_BeforeTheFirstAdmin_IsOfferedNowhereAndRefused()
    {
        await using var host = await PanelHost.StartAsync(o => o.Registration = RegistrationMode.Viewer, withUsers: false);
        using var client = new PanelClient(host);
        Assert.DoesNotContain("Register as a viewer", await client.ReadAsync("/login"), StringComparison.Ordinal);
        Assert.DoesNotContain("you become a", await client.ReadAsync("/register"), StringComparison.Ordinal);
        using var refused = await client.PostAsync(
            "/register", ("invitation_code", ""), ("username", "early"), ("display_name", ""), ("password", PanelHost.Password));
        var html = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync());
        Assert.Contains("There is no admin yet.", html, StringComparison.Ordinal);
        Assert.Null(client.SessionCookie);

        await host.AddUserAsync("boss", Role.Admin);
        Assert.Contains("Register as a viewer", await client.ReadAsync("/login"), StringComparison.Ordinal);
        Assert.Contains("you become a", await client.ReadAsync("/register"), StringComparison.Ordinal);
    }

    private static async Task<Page<AuditEntry>> ExportsAsync(PanelHost host) =>
        (await host.Get<IAuditService>().ListAsync(Actor.Host, new AuditQuery { Action = AuditActions.AuditExport })).Require();
}
