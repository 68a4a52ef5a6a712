using System.Globalization;
using System.Net;
using KohakuRiver.SampleHost.Tests.Walk;
using Npgsql;

namespace KohakuRiver.SampleHost.Tests.Operations;

/// <summary>
/// What is printed for PostgreSQL, on a server of its own that accepts the hosts' role over TLS and with its password only.
/// </summary>
public sealed class PostgreSqlOperationsTests : IDisposable
{
    private const string Password = "nine slow herons at the mill";
    private const string Master = "the master secret of these tests only";

    // These machines may be slow.
    private const string Patience = ";Timeout=30;Command Timeout=60";

    private const string Access =
        """
        hostssl all kohaku_runtime 127.0.0.1/32 scram-sha-256
        host    all kohaku_runtime 127.0.0.1/32 reject
        host    all postgres       127.0.0.1/32 trust
        """;

    private readonly TempFolder folder = new();
    private readonly Shell shell;
    private PostgresProcess? server;
    private string certificate = "";

    public PostgreSqlOperationsTests() => shell = new Shell(folder.Path);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Trait(PrintedBlock.Trait, "postgresql-role")]
    [Trait(PrintedBlock.Trait, "postgresql-revoke")]
    [Trait(PrintedBlock.Trait, "postgresql-settings")]
    [Trait(PrintedBlock.Trait, "postgresql-password")]
    public async Task Role_AsPrinted_RunsHostsAndGetsANewPassword()
    {
        StartServer();
        await MigrateAsOwnerAsync();
        await RunSqlAsync(PrintedBlock.Get("postgresql-role").With(("'…'", "'first password'")));
        await RunSqlAsync(PrintedBlock.Get("postgresql-revoke").Code);
        Assert.Contains(
            "permission denied", (await TrySqlAsync("first password", "CREATE TABLE mine (id int)")).Output, StringComparison.Ordinal);

        await using (var host = await HostProcess.StartAsync(folder.Path, await SettingsAsync("first password")))
        {
            await Operator.AddUserAsync(host.Address, Master, "mallory", Password);
            Assert.Equal(
                "kohaku_runtime true",
                await ScalarAsync(
                    "SELECT DISTINCT usename || ' ' || ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE datname = 'kohaku' AND "
                    + "usename <> 'postgres'"));
            await LockOutAsync(host);

            await RunSqlAsync(PrintedBlock.Get("postgresql-password").With(("'…'", "'second password'")));

            Assert.Contains(
                "password authentication failed", (await TrySqlAsync("first password", "SELECT 1")).Output, StringComparison.Ordinal);
            Assert.Equal(0, await host.StopAsync());
        }

        await using var again = await HostProcess.StartAsync(folder.Path, await SettingsAsync("second password"));
        await Operator.GetAsync(again.Address, Master, "/api/auth/users");
    }

    [Fact]
    [Trait(PrintedBlock.Trait, "postgresql-backup")]
    [Trait(PrintedBlock.Trait, "postgresql-restore")]
    [Trait(PrintedBlock.Trait, "postgresql-roles")]
    public async Task Copy_OfARunningHost_IsPutBackAfterItWasKilledAndUpgraded()
    {
        StartServer();
        await using (var host = await HostProcess.StartAsync(folder.Path, OwnerSettings()))
        {
            await RunSqlAsync(PrintedBlock.Get("postgresql-role").With(("'…'", "'first password'")));
            await Operator.AddUserAsync(host.Address, Master, "kept", Password);
            await shell.RunAsync(PrintedBlock.Get("postgresql-backup").Code);
            Assert.Equal("600", Shell.ModeOf(folder.File("kohaku.dump")));
            Assert.Equal("600", Shell.ModeOf(folder.File("roles.sql")));
            await Operator.AddUserAsync(host.Address, Master, "later", Password);
            await host.KillAsync();
        }

        await ExecuteAsync("kohaku", "CREATE TABLE kohaku_of_a_later_version (id int)");

        await shell.RunAsync(PrintedBlock.Get("postgresql-roles").Code);
        await shell.RunAsync(PrintedBlock.Get("postgresql-restore").Code);

        Assert.Equal("kept", await ScalarAsync("SELECT string_agg(username, ' ') FROM kohaku_users"));
        Assert.Equal("0", await ScalarAsync("SELECT COUNT(*) FROM pg_tables WHERE tablename = 'kohaku_of_a_later_version'"));

        // Its rights are part of the copy, those over tables to come included.
        await using (var owner = await HostProcess.StartAsync(folder.Path, OwnerSettings()))
        {
            Assert.Equal(0, await owner.StopAsync());
        }

        await ExecuteAsync("kohaku", "CREATE TABLE next_one (id int)");
        Assert.Equal(0, (await TrySqlAsync("first password", "SELECT * FROM kohaku_users; INSERT INTO next_one VALUES (1)")).ExitCode);
    }

    public void Dispose()
    {
        server?.Dispose();
        folder.Dispose();
    }

    private void StartServer()
    {
        if (PostgresProcess.TryStart("fsync=off", "full_page_writes=off") is not { } started)
        {
            Shell.SkipOrFail("No PostgreSQL server is installed (/usr/lib/postgresql/*/bin).");
            return;
        }

        server = started;
        var made = Certificate.Create();
        server.Encrypt(made.Pem, made.Key, Access);
        server.Stop("fast");
        server.Start();
        certificate = folder.File("db-ca.pem");
        File.WriteAllText(certificate, made.Pem);

        // As an operator on the machine of the server has it, with the programs of its version.
        shell.Programs.Add(server.Binaries);
        shell.Variables["PGHOST"] = "127.0.0.1";
        shell.Variables["PGPORT"] = server.Port.ToString(CultureInfo.InvariantCulture);
        shell.Variables["PGUSER"] = "postgres";
        shell.Require("psql", "pg_dump", "pg_dumpall", "pg_restore");
        ExecuteAsync("postgres", "CREATE DATABASE kohaku").GetAwaiter().GetResult();
    }

    private async Task MigrateAsOwnerAsync()
    {
        await using var owner = await HostProcess.StartAsync(folder.Path, OwnerSettings());
        Assert.Equal(0, await owner.StopAsync());
    }

    private Dictionary<string, string> OwnerSettings() => new(StringComparer.Ordinal)
    {
        ["KOHAKU_AUTH_DB"] = server!.ConnectionString("kohaku") + Patience,
        ["ADMIN_SECRET"] = Master,
        ["KohakuAuth__Passwords__WorkFactor"] = "10",
    };

    /// <summary>The settings as printed, for the server here.</summary>
    private async Task<Dictionary<string, string>> SettingsAsync(string password)
    {
        var settings = await shell.ReadVariablesAsync(PrintedBlock.Get("postgresql-settings").With(
            ("Host=db.example.org", string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={server!.Port}{Patience}")),
            ("Password=…", "Password=" + password),
            ("/etc/ssl/db-ca.pem", certificate)));
        settings["ADMIN_SECRET"] = Master;
        settings["KohakuAuth__Passwords__WorkFactor"] = "10";
        return settings;
    }

    /// <summary>As the owner of the database, who has the file of the statements.</summary>
    private async Task RunSqlAsync(string sql)
    {
        await File.WriteAllTextAsync(folder.File("typed.sql"), sql, Ct);
        await shell.RunAsync("psql -v ON_ERROR_STOP=1 -d kohaku -f typed.sql");
    }

    private Task<(int ExitCode, string Output)> TrySqlAsync(string password, string sql) => shell.TryAsync(
        $"PGPASSWORD='{password}' psql -v ON_ERROR_STOP=1 -c '{sql}' "
        + $"'dbname=kohaku user=kohaku_runtime sslmode=verify-full sslrootcert={certificate}'");

    private async Task LockOutAsync(HostProcess host)
    {
        using var mallory = new Person(host.Address);
        await mallory.PostAsync("/api/auth/login", new { username = "mallory", password = Password });
        await mallory.GetAsync("/api/auth/me");

        await RunSqlAsync(PrintedBlock.Get("emergency").Code);

        await mallory.GetAsync("/api/auth/me", HttpStatusCode.Unauthorized);
    }

    private async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(server!.ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private async Task<string> ScalarAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(server!.ConnectionString("kohaku") + ";Pooling=false");
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToString(await command.ExecuteScalarAsync(Ct), CultureInfo.InvariantCulture) ?? "";
    }
}
