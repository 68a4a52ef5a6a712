using System.Text.Json.Nodes;
using KohakuRiver.Auth;
using KohakuRiver.SampleHost.Tests.Faults;
using KohakuRiver.SampleHost.Tests.Walk;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.SampleHost.Tests.OneFile;

/// <summary>A host's own context and the library on one SQLite file, over real sockets and with pooled connections.</summary>
public sealed class OneFileTests : IDisposable
{
    private const string Password = "seven grey herons over the weir";

    private readonly TempFolder folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DataFile Data => new(folder.File("lab.db"));

    /// <summary>How the host makes its own tables.</summary>
    public enum Making
    {
        /// <summary><c>Migrate()</c>.</summary>
        Migrations,

        /// <summary><c>EnsureCreated()</c>.</summary>
        EnsureCreated,
    }

    [Theory]
    [InlineData(Making.Migrations, "wal")]
    [InlineData(Making.Migrations, "delete")]
    [InlineData(Making.EnsureCreated, "wal")]
    [InlineData(Making.EnsureCreated, "delete")]
    public async Task Host_WithItsOwnTablesInTheFile_StartsTwiceAndServesBoth(Making making, string mode)
    {
        await using (var app = await StartAsync(making, mode))
        {
            using var admin = await RegisterAsync(app);
            await admin.PostAsync("/jobs/first");
            Assert.Equal("ada", (string?)(await JobsAsync(admin)).Single()!["owner"]);
            await app.StopAsync(Ct);
        }

        await using (var again = await StartAsync(making, mode))
        {
            using var admin = new Person(AddressOf(again));
            await admin.PostAsync("/api/auth/login", new { username = "ada", password = Password });
            await admin.PostAsync("/jobs/second");
            Assert.Equal(["first", "second"], (await JobsAsync(admin)).Select(job => (string?)job!["name"]));
            Assert.Equal(["wal"], Data.List("PRAGMA journal_mode"));
            await again.StopAsync(Ct);
        }

        Data.AssertSound();
        Assert.Equal(
            making == Making.Migrations ? ["20260101000000_Jobs"] : [],
            Data.List("SELECT name FROM sqlite_master WHERE name = '__EFMigrationsHistory'").SelectMany(
                name => Data.List($"SELECT MigrationId FROM \"{name}\"")));
        Assert.DoesNotContain("20260101000000_Jobs", Data.List("SELECT MigrationId FROM kohaku_migrations"));
    }

    [Fact]
    public async Task Host_WritingWithoutPause_DisturbsNobodyAndIsNotDisturbed()
    {
        const int Writers = 2;
        const int WritesOfEach = 30;
        const int Tokens = 20;
        await using var app = await StartAsync(Making.Migrations, "wal");
        using var admin = await RegisterAsync(app);

        var writing = Enumerable.Range(0, Writers).Select(writer => Task.Run(
            async () =>
            {
                for (var write = 0; write < WritesOfEach; write++)
                {
                    await using var scope = app.Services.CreateAsyncScope();
                    var lab = scope.ServiceProvider.GetRequiredService<LabDbContext>();
                    lab.Jobs.AddRange(Enumerable.Range(0, 10).Select(row => new Job { Name = $"{writer}-{write}-{row}" }));
                    await lab.SaveChangesAsync(Ct);
                }
            },
            Ct));
        var tokens = Enumerable.Range(0, Tokens).Select(
            token => admin.PostAsync("/api/auth/tokens", new { name = $"token {token}" }));
        await Task.WhenAll([.. writing, .. tokens]);

        Assert.Equal(Writers * WritesOfEach * 10, Data.Count("SELECT COUNT(*) FROM lab_jobs"));
        Assert.Equal(Tokens, Data.Count("SELECT COUNT(*) FROM kohaku_tokens"));
        await app.StopAsync(Ct);
        Data.AssertSound();
    }

    public void Dispose() => folder.Dispose();

    private async Task<WebApplication> StartAsync(Making making, string mode)
    {
        if (mode != "wal")
        {
            // Set by the host's own means, which it can only where nobody has the file open, as when its process starts.
            SqliteConnection.ClearAllPools();
            Data.List($"PRAGMA journal_mode={mode}");
        }

        var app = LabHost.Build(
            "--urls=http://127.0.0.1:0", "--Database=Data Source=" + folder.File("lab.db"), "--KohakuAuth:Passwords:WorkFactor=10");
        try
        {
            if (making == Making.Migrations)
            {
                await LabHost.MigrateAsync(app);
            }

            await using var scope = app.Services.CreateAsyncScope();
            var lab = scope.ServiceProvider.GetRequiredService<LabDbContext>();
            if (making == Making.EnsureCreated)
            {
                await EnsureCreatedAsync(lab);
            }

            // One connection of the host's is open while the library starts, others are in the pool.
            await lab.Database.OpenConnectionAsync(Ct);
            await lab.Jobs.CountAsync(Ct);
            await app.StartAsync(Ct);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    // As the document says: it makes nothing in a file that has tables.
    private async Task EnsureCreatedAsync(LabDbContext lab)
    {
        var isNew = Data.Count("SELECT COUNT(*) FROM sqlite_master") == 0;
        Assert.Equal(isNew, await lab.Database.EnsureCreatedAsync(Ct));
    }

    private static async Task<Person> RegisterAsync(WebApplication app)
    {
        var code = await app.Services.GetRequiredService<IRegistrationService>().CreateSetupCodeAsync(Ct);
        var admin = new Person(AddressOf(app));
        await admin.PostAsync("/api/auth/register", new { username = "ada", password = Password, register_secret = code!.Reveal() });
        return admin;
    }

    private static async Task<JsonArray> JobsAsync(Person person) => (await person.GetAsync("/jobs")).AsArray();

    private static Uri AddressOf(WebApplication app) => new(app.Urls.Single());
}
