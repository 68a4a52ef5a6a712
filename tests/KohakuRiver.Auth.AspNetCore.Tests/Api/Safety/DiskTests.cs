using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Safety;

/// <summary>A database that can be read and not written: 503 for what needs a write, and nothing of it done; the rest goes on.</summary>
public sealed class DiskTests
{
    private readonly DiskFault disk = new();

    [Fact]
    [Trait("Requirement", "D3")]
    public async Task ReadOnlyDatabase_Writes503AndNothingIsDone_ReadsGoOn_AndItIsOverWithoutRestart()
    {
        await using var host = await StartAsync();
        var admin = await host.AddAsync(Role.Admin, "mary");
        var joan = await host.AddAsync(Role.User, "joan");
        await host.SubmitAsync(joan, "t-1");
        var code = (await admin.Session.PostAsync("/api/auth/invitations", new { max_usage = 5 })).Expect(200)["token"].GetString();
        var tracker = host.Get<ICredentialService>();
        await tracker.WriteUsesAsync();
        var before = await StateDump.OfAsync(host);
        var login = new { username = "mary", password = TestHost.Password };
        Func<Task<ApiAnswer>>[] writes =
        [
            () => host.Anonymous.PostAsync("/api/auth/login", login),
            () => host.Anonymous.PostAsync($"/api/auth/register?token={code}", login with { username = "june" }),
            () => admin.Session.PostAsync("/api/auth/users", new { username = "jane", password = TestHost.Password, role = "user" }),
            () => admin.Session.PutAsync($"/api/auth/users/{joan.Id}/role", new { role = "viewer" }),
            () => admin.Session.DeleteAsync($"/api/auth/users/{joan.Id}"),
            () => admin.Session.PostAsync("/api/auth/groups", new { name = "lab" }),
            () => admin.Session.PostAsync("/api/auth/invitations"),
            () => admin.Session.PatchAsync("/api/auth/settings", new { session_idle_hours = 1 }),
            () => admin.Session.PostAsync("/api/approve/t-1"),
            () => joan.Session.PostAsync("/api/auth/tokens/create", new { name = "t" }),
            () => joan.Session.PostAsync("/api/auth/logout"),
        ];

        disk.Sentence = "PRAGMA query_only=1";
        foreach (var write in writes)
        {
            (await write()).ExpectProblem(503);
        }

        // What was noted of uses cannot be written either: no answer tells.
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        foreach (var client in new[] { joan.Session, joan.Bearer })
        {
            Assert.Equal("joan", (await client.GetAsync("/api/auth/me")).Expect(200)["username"].GetString());
            await tracker.WriteUsesAsync();
            Assert.Equal("joan", (await client.GetAsync("/api/auth/me")).Expect(200)["username"].GetString());
        }

        (await admin.Bearer.GetAsync("/api/auth/users")).Expect(200);
        Assert.Equal(before, await StateDump.OfAsync(host));

        disk.Sentence = "PRAGMA query_only=0";
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await tracker.WriteUsesAsync();
        Assert.NotEqual(before, await StateDump.OfAsync(host));
        foreach (var write in writes)
        {
            var answer = await write();
            Assert.True(answer.Status is 200 or 201 or 401, $"{answer.Status} {answer.Text}");
        }
    }

    [Fact]
    [Trait("Requirement", "D3")]
    public async Task FullDisk_NoSuccessWithoutCommit_AndItIsOverWithoutRestart()
    {
        await using var host = await StartAsync();
        var mary = await host.AddAsync(Role.User, "mary");
        var made = new List<string>();

        // SQLite's own limit on pages ends like a disk without room, at whatever page the file has just reached.
        disk.Sentence = "PRAGMA max_page_count=1";
        var refused = 0;
        for (var i = 0; i < 60; i++)
        {
            var answer = await host.Master.PostAsync("/api/auth/groups", new { name = $"g-{i}", description = new string('x', 450) });
            if (answer.Status == 503)
            {
                answer.ExpectProblem(503);
                refused++;
            }
            else
            {
                made.Add(answer.Expect(200)["name"].GetString()!);
            }

            (await mary.Bearer.GetAsync("/api/auth/me")).Expect(200);
        }

        Assert.InRange(refused, 1, 60);
        Assert.Equal(made.Order(StringComparer.Ordinal), await NamesAsync());
        Assert.Equal(made.Count, (await host.Master.GetAsync("/api/auth/audit?action=group.create")).Json.GetArrayLength());

        disk.Sentence = "PRAGMA max_page_count=1073741823";
        (await host.Master.PostAsync("/api/auth/groups", new { name = "later" })).Expect(200);
        Assert.Equal(made.Append("later").Order(StringComparer.Ordinal), await NamesAsync());

        async Task<IEnumerable<string>> NamesAsync() =>
            (await host.Master.GetAsync("/api/auth/groups?limit=100")).Expect(200).Json
                .EnumerateArray()
                .Select(g => g.GetProperty("name").GetString()!)
                .Order(StringComparer.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "V13.1.2"), Trait("Requirement", "V13.1.3")]
    public async Task FileHeldByAnother_Is503InTimeAndThenWorks()
    {
        await using var host = await TestHost.StartApiAsync(
            new HostSetup { Store = StoreKind.Sqlite, Sqlite = o => o.BusyTimeout = TimeSpan.FromSeconds(1) });
        var mary = await host.AddAsync(Role.User, "mary");
        await using (var other = new SqliteConnection($"Data Source={host.File};Pooling=False"))
        {
            await other.OpenAsync();
            await using var holding = await other.BeginTransactionAsync();
            (await mary.Session.PostAsync("/api/auth/tokens/create", new { name = "t" })).ExpectProblem(503);
            (await mary.Session.GetAsync("/api/auth/me")).Expect(200);
        }

        (await mary.Session.PostAsync("/api/auth/tokens/create", new { name = "t" })).Expect(200);
    }

    private Task<TestHost> StartAsync() =>
        TestHost.StartApiAsync(new HostSetup { Store = StoreKind.Sqlite, Sqlite = o => o.Interceptors = [disk] });

    /// <summary>Says something to every connection before it is used.</summary>
    private sealed class DiskFault : DbConnectionInterceptor
    {
        internal string? Sentence { get; set; }

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            if (Sentence is { } sentence)
            {
                using var command = connection.CreateCommand();
                command.CommandText = sentence;
                command.ExecuteNonQuery();
            }
        }

        public override Task ConnectionOpenedAsync(
            DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            ConnectionOpened(connection, eventData);
            return Task.CompletedTask;
        }
    }
}
