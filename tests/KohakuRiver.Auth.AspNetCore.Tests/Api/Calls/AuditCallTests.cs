using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Calls;

/// <summary>The audit log.</summary>
public sealed class AuditCallTests
{
    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    public async Task Audit_Filtered_ShowsWhatWasDone(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        var admin = await host.AddAsync(Role.Admin, "boss");
        var mary = await host.AddAsync(Role.User, "mary");
        host.Clock.Advance(TimeSpan.FromHours(1));
        (await (admin.Bearer with { Address = "192.0.2.7" }).PutAsync($"/api/auth/users/{mary.Id}/role", new { role = "viewer" }))
            .Expect(200);
        (await mary.Bearer.GetAsync("/api/auth/users")).ExpectProblem(403);

        var all = (await admin.Bearer.GetAsync("/api/auth/audit")).Expect(200);
        Shape.CheckList(all.Json, Shape.Audit);
        var ids = all.Json.EnumerateArray().Select(e => e.GetProperty("id").GetInt64()).ToList();
        Assert.Equal(ids.OrderDescending(), ids);

        var changes = (await admin.Bearer.GetAsync("/api/auth/audit?actor=boss&action=user.update&outcome=success")).Expect(200);
        var change = Assert.Single(changes.Json.EnumerateArray());
        Assert.Equal("boss", change.GetProperty("actor").GetString());
        Assert.Equal(admin.Id, change.GetProperty("actor_id").GetInt64());
        Assert.StartsWith("token:", change.GetProperty("credential").GetString(), StringComparison.Ordinal);
        Assert.Equal("192.0.2.7", change.GetProperty("ip").GetString());
        Assert.Equal("mary", change.GetProperty("target").GetString());
        Assert.Equal(mary.Id.ToString(CultureInfo.InvariantCulture), change.GetProperty("target_id").GetString());
        Assert.Equal("success", change.GetProperty("outcome").GetString());

        var refused = Assert.Single((await admin.Bearer.GetAsync("/api/auth/audit?outcome=refused")).Json.EnumerateArray());
        Assert.Equal("auth.denied", refused.GetProperty("action").GetString());
        Assert.Equal("GET /api/auth/users", refused.GetProperty("target").GetString());
        Assert.Equal(2, (await admin.Bearer.GetAsync("/api/auth/audit?from=2026-03-01T13:00:00Z")).Json.GetArrayLength());
        Assert.Equal("[]", (await admin.Bearer.GetAsync("/api/auth/audit?to=2026-03-01T12:00:00Z")).Text);
        Assert.Equal("[]", (await admin.Bearer.GetAsync("/api/auth/audit?actor=nobody")).Text);
        Assert.Contains(
            (await admin.Bearer.GetAsync("/api/auth/audit?target=mary")).Json.EnumerateArray(),
            e => e.GetProperty("action").GetString() == "user.create");
    }

    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    [Trait("Requirement", "V1.2.10")]
    public async Task Export_AsCsv_HoldsEverythingAndNoFormula(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        var admin = await host.AddAsync(Role.Admin);
        foreach (var name in new[] { "=1+1", "+1", "-1", "@sum", "plain, \"quoted\"", "ordinary" })
        {
            (await admin.Session.PostAsync("/api/auth/groups", new { name })).Expect(200);
        }

        var total = int.Parse(
            (await admin.Session.GetAsync("/api/auth/audit?limit=1")).Header("X-Total-Count")!, CultureInfo.InvariantCulture);
        var csv = (await admin.Session.GetAsync("/api/auth/audit?format=csv&limit=1")).Expect(200);
        Assert.Equal("text/csv; charset=utf-8", csv.Header("Content-Type"));
        Assert.Equal("attachment; filename=audit.csv", csv.Header("Content-Disposition")!.Split("; filename*")[0]);
        Assert.Equal("nosniff", csv.Header("X-Content-Type-Options"));
        Assert.Equal("no-store", csv.Header("Cache-Control"));
        var lines = csv.Text.Split("\r\n");
        Assert.Equal("id,at,actor_id,actor,credential,ip,action,target_type,target_id,target,outcome,detail,operation_id", lines[0]);
        Assert.Equal("", lines[^1]);

        // The export's own entry is in it.
        Assert.Equal(total + 1, lines.Length - 2);
        Assert.Contains(",\"audit.export\",\"audit\",", lines[1], StringComparison.Ordinal);
        foreach (var cell in new[] { "'=1+1", "'+1", "'-1", "'@sum", "plain, \"\"quoted\"\"", "ordinary" })
        {
            Assert.Contains(lines, l => l.Contains($",\"{cell}\",", StringComparison.Ordinal));
        }

        Assert.DoesNotContain(lines, l => l.Contains("\"=1+1", StringComparison.Ordinal));
        Assert.All(lines[1..^1], l => Assert.Matches("^[0-9]+,[0-9T:.-]+Z,[0-9]*,\"", l));
        Assert.Equal<byte>([0xEF, 0xBB, 0xBF, (byte)'i', (byte)'d'], csv.Bytes[..5]);
        Assert.Equal((byte)'{', (await admin.Session.GetAsync("/api/auth/audit?format=jsonl")).Expect(200).Bytes[0]);
    }

    [Fact]
    [Trait("Requirement", "V16.2.4")]
    public async Task Export_AsJsonLines_HoldsEverythingInOrder()
    {
        await using var host = await TestHost.StartApiAsync();
        var audit = host.Get<IAuditService>();
        for (var i = 0; i < 1200; i++)
        {
            await audit.RecordAsync(Actor.Host, "test.note", detail: $"line\nbreak {i}");
        }

        var text = (await host.Master.GetAsync("/api/auth/audit?format=jsonl&action=test.note")).Expect(200);
        Assert.Equal("application/jsonl; charset=utf-8", text.Header("Content-Type"));
        var lines = text.Text.TrimEnd('\n').Split('\n').Select(l => JsonSerializer.Deserialize<JsonElement>(l)).ToList();
        Assert.Equal(1200, lines.Count);
        Shape.Check(lines[0], Shape.Audit);
        var ids = lines.Select(l => l.GetProperty("id").GetInt64()).ToList();
        Assert.Equal(ids.OrderDescending(), ids);
        Assert.Equal("line\nbreak 1199", lines[0].GetProperty("detail").GetString());
    }

    [Fact]
    [Trait("Requirement", "V16.2.4")]
    public async Task Export_AsJsonLines_HasLettersOfAllLanguagesAsThemselves()
    {
        await using var host = await TestHost.StartApiAsync();
        await host.Get<IAuditService>().RecordAsync(Actor.Host, "test.note", detail: "Grüße an 河 & <Änne>");

        var text = (await host.Master.GetAsync("/api/auth/audit?format=jsonl&action=test.note")).Expect(200).Text;

        Assert.Contains("\"detail\":\"Grüße an 河 & <Änne>\"", text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "R14")]
    public async Task Export_OfEveryFormat_IsRecordedAndAPageIsNot()
    {
        await using var host = await TestHost.StartApiAsync();
        var admin = await host.AddAsync(Role.Admin, "boss");
        var caller = admin.Bearer with { Address = "192.0.2.7" };
        await caller.GetAsync("/api/auth/audit");
        await caller.GetAsync("/api/auth/audit?format=json&actor=x");
        await caller.GetAsync("/api/auth/audit?format=pdf");
        (await (await host.AddAsync(Role.Operator)).Bearer.GetAsync("/api/auth/audit?format=csv")).ExpectProblem(403);
        (await caller.GetAsync("/api/auth/audit?format=csv&outcome=refused")).Expect(200);
        (await caller.GetAsync("/api/auth/audit?format=jsonl&actor=boss&from=2026-01-01T00:00:00Z")).Expect(200);

        var entries = (await caller.GetAsync("/api/auth/audit?action=audit.export")).Json.EnumerateArray().Reverse().ToList();
        Assert.Equal(
            ["csv; outcome refused", "jsonl; actor boss, from 2026-01-01T00:00:00.0000000+00:00"],
            entries.Select(e => e.GetProperty("detail").GetString()));
        Assert.All(entries, e => Assert.Equal(
            ("boss", "192.0.2.7"), (e.GetProperty("actor").GetString(), e.GetProperty("ip").GetString())));
    }

    [Fact]
    [Trait("Requirement", "R14")]
    public async Task MasterSecret_ReadingAnything_IsRecordedOnceAMinuteAndPath()
    {
        await using var host = await TestHost.StartApiAsync(new HostSetup
        {
            Map = app =>
            {
                app.MapGet("/host/secret-list", () => "list").RequirePermission(Permissions.ManageUsers);
                app.MapGet("/host/public", () => "all").AllowAnonymous();
            },
        });
        var mary = await host.AddAsync(Role.User, "mary");
        var master = host.Master with { Address = "192.0.2.9" };
        for (var i = 0; i < 20; i++)
        {
            (await master.GetAsync($"/api/auth/users?limit={i + 1}")).Expect(200);
            (await master.GetAsync($"/api/auth/users/{mary.Id}")).Expect(200);
            (await master.GetAsync("/host/secret-list")).Expect(200);
            (await master.GetAsync("/host/public")).Expect(200);
        }

        // A change is its own entry; a wrong secret reads nothing; others' reads are not recorded.
        (await master.PostAsync("/api/auth/groups", new { name = "lab" })).Expect(200);
        (await (master with { Master = new string('w', 40) }).GetAsync("/api/auth/tokens")).ExpectProblem(401);
        (await mary.Session.GetAsync("/api/auth/me")).Expect(200);
        var entries = await ReadsAsync(host);
        Assert.Equal(
            ["GET /api/auth/users", $"GET /api/auth/users/{mary.Id}", "GET /host/secret-list"],
            entries.Select(e => e.Target).Order(StringComparer.Ordinal));
        Assert.All(entries, e => Assert.Equal(("_system", "192.0.2.9", AuditOutcome.Success), (e.Actor, e.IpAddress, e.Outcome)));

        host.Clock.Advance(TimeSpan.FromMinutes(1));
        (await master.GetAsync("/host/secret-list")).Expect(200);
        (await (master with { Address = "192.0.2.10" }).GetAsync("/host/secret-list")).Expect(200);
        Assert.Equal(5, (await ReadsAsync(host)).Count);

        static async Task<IReadOnlyList<AuditEntry>> ReadsAsync(TestHost host) =>
            (await host.Stores.Audit.ListAsync(new AuditQuery { Action = AuditActions.MasterSecretRead }, CancellationToken.None)).Items;
    }

    [Fact]
    public async Task Export_WithNothingToExport_IsAHeaderOrNothing()
    {
        await using var host = await TestHost.StartApiAsync();
        var none = (await host.Master.GetAsync("/api/auth/audit?format=csv&actor=nobody")).Expect(200);
        Assert.Single(none.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("", (await host.Master.GetAsync("/api/auth/audit?format=jsonl&actor=nobody")).Expect(200).Text);
    }
}
