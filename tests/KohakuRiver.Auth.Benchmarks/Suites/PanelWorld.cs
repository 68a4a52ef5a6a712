using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using KohakuRiver.Auth.Benchmarks.Processes;
using KohakuRiver.Auth.EntityFrameworkCore.PostgreSql;
using KohakuRiver.Auth.EntityFrameworkCore.Sqlite;
using KohakuRiver.Auth.Stores;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace KohakuRiver.Auth.Benchmarks.Suites;

/// <summary>The sample host over a database of many users, and an admin who is logged in.</summary>
internal sealed partial class PanelWorld : IAsyncDisposable
{
    private const string AdminSecret = "benchmarks-admin-secret-0123456789-abc";
    private const string Password = "correct horse battery staple";

    private readonly HttpClient client;

    private PanelWorld(SampleHost host)
    {
        Host = host;
        client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(host.Address, "/admin/"),
            Timeout = TimeSpan.FromMinutes(1),
        };
    }

    public SampleHost Host { get; }

    /// <summary>Fills a new file of SQLite and starts a host on it.</summary>
    public static async Task<PanelWorld> OpenSqliteAsync(string path, int users, int approvals, int entries)
    {
        var connectionString = $"Data Source={path}";
        await InitializeAsync(SqliteStoreSet.Open(connectionString));
        await using (var connection = new SqliteConnection(connectionString))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT sql FROM sqlite_master WHERE name = 'tr_kohaku_users_insert'";
            var trigger = (string)(await command.ExecuteScalarAsync())!;
            var now = TimeProvider.System.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
            await FillAsync(
                connection,
                [.. ScaleFill.Sqlite(users, approvals), trigger, .. PanelFill.Sqlite(users, entries, now / TimeSpan.TicksPerMicrosecond)]);
        }

        return await StartAsync(path);
    }

    /// <summary>The same with a new database of a server.</summary>
    public static async Task<PanelWorld> OpenPostgreSqlAsync(PostgresServer server, int users, int approvals, int entries)
    {
        var connectionString = await server.CreateDatabaseAsync("panel");
        await InitializeAsync(new PostgreSqlStoreSet(new PostgreSqlStoreOptions { ConnectionString = connectionString }));
        await using (var connection = new NpgsqlConnection(connectionString))
        {
            await connection.OpenAsync();
            await FillAsync(connection, [.. ScaleFill.PostgreSql(users, approvals), .. PanelFill.PostgreSql(users, entries)]);
        }

        return await StartAsync(connectionString);
    }

    /// <summary>Milliseconds from sending to the first byte of the answer, and the bytes of the page.</summary>
    /// <param name="path">The page, after the panel's own address and without a slash before.</param>
    public async Task<(double Milliseconds, int Bytes)> GetAsync(string path)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return answer.StatusCode == HttpStatusCode.OK
            ? (took, (await answer.Content.ReadAsByteArrayAsync()).Length)
            : throw new InvalidOperationException($"'{path}' was answered with {(int)answer.StatusCode}.");
    }

    /// <summary>The address of a later page of a list, by following the link to the next one.</summary>
    public async Task<string> FindPageAsync(string path, int number)
    {
        for (var page = 1; page < number; page++)
        {
            var html = await client.GetStringAsync(new Uri(path, UriKind.Relative));
            var next = NextPage().Match(html);
            path = next.Success
                ? WebUtility.HtmlDecode(next.Groups["address"].Value)
                : throw new InvalidOperationException($"'{path}' has no page after it.");
        }

        return path;
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await Host.DisposeAsync();
    }

    private static async Task InitializeAsync(KohakuStoreSet stores)
    {
        await stores.InitializeAsync(CancellationToken.None);
        switch (stores)
        {
            case IAsyncDisposable wait:
                await wait.DisposeAsync();
                break;
            case IDisposable now:
                now.Dispose();
                break;
        }
    }

    private static async Task FillAsync(DbConnection connection, IReadOnlyList<string> statements)
    {
        foreach (var statement in statements)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            command.CommandTimeout = 3600;
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task<PanelWorld> StartAsync(string database)
    {
        var (host, _) = await SampleHost.StartAsync((SampleHost.DatabaseName, database), ("ADMIN_SECRET", AdminSecret));
        var world = new PanelWorld(host);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/auth/users", UriKind.Relative))
        {
            Content = JsonContent.Create(new { username = "the-admin", password = Password, role = "admin" }),
        };
        request.Headers.Add("X-Admin-Token", AdminSecret);
        using var made = await world.client.SendAsync(request);
        made.EnsureSuccessStatusCode();
        using var login = await world.client.PostAsJsonAsync(
            new Uri("/api/auth/login", UriKind.Relative), new { username = "the-admin", password = Password });
        login.EnsureSuccessStatusCode();
        return world;
    }

    [GeneratedRegex("href=\"(?<address>[^\"]+)\" rel=\"next\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NextPage();
}
