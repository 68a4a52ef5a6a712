using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KohakuRiver.Auth;
using KohakuRiver.SampleHost.Tests.Walk;
using Npgsql;

namespace KohakuRiver.SampleHost.Tests.SeveralHosts;

/// <summary>Two sample hosts, each a process of its own, on one new PostgreSQL database; and a client that may ask either.</summary>
internal sealed class HostPair : IAsyncDisposable
{
    internal const string MasterSecret = "the master secret of these tests only";
    internal const string Password = "four plain words here";

    internal static readonly Credential Master = new("X-Admin-Token", MasterSecret);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PostgresServer server;
    private readonly string database;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("kohaku-hosts-");
    private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { Timeout = Patience };
    private readonly List<HostProcess> hosts = [];

    private readonly bool isPatient;
    private readonly bool hasOutages;

    private HostPair(PostgresServer server, string database, bool isPatient, bool hasOutages)
    {
        this.isPatient = isPatient;
        this.hasOutages = hasOutages;
        this.server = server;
        this.database = database;
    }

    internal static CancellationToken Ct => TestContext.Current.CancellationToken;

    internal HostProcess A => hosts[0];

    internal HostProcess B => hosts[1];

    internal string Folder => folder.FullName;

    internal string Database => database;

    /// <param name="server">Where the database is made.</param>
    /// <param name="environment">Settings of both; null for a master secret and quick deliveries.</param>
    /// <param name="start">How many hosts to start, side by side.</param>
    /// <param name="isPatient">Whether the hosts wait longer for the database than the five seconds they usually do: these machines may be
    /// slow.</param>
    /// <param name="hasOutages">Whether the test takes the database away; where it does not, nobody may hear that it is.</param>
    internal static async Task<HostPair> StartAsync(
        PostgresServer server, IReadOnlyDictionary<string, string>? environment = null, int start = 2, bool isPatient = true,
        bool hasOutages = false)
    {
        var pair = new HostPair(server, await server.CreateDatabaseAsync(migrated: false), isPatient, hasOutages);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, start).Select(_ => pair.AddHostAsync(environment)));
            return pair;
        }
        catch
        {
            await pair.DisposeAsync();
            throw;
        }
    }

    /// <summary>One more host, as <paramref name="username"/> of the database server.</summary>
    internal async Task<HostProcess> AddHostAsync(IReadOnlyDictionary<string, string>? environment = null, string username = "postgres")
    {
        var host = await StartHostAsync(environment, username);
        lock (hosts)
        {
            hosts.Add(host);
        }

        return host;
    }

    /// <summary>Host A for even numbers, B for odd ones.</summary>
    internal HostProcess Host(int i) => hosts[i % 2];

    internal Task<Answer> GetAsync(HostProcess host, string path, Credential? credential = null) =>
        AskAsync(host, HttpMethod.Get, path, null, credential);

    internal Task<Answer> PostAsync(HostProcess host, string path, object? body = null, Credential? credential = null) =>
        AskAsync(host, HttpMethod.Post, path, body, credential);

    /// <summary>
    /// Asks again while the host has too many passwords to check, as clients do that are told 503; and while the database is away, in a
    /// test that takes it away. In any other, a host that says so fails the test.
    /// </summary>
    internal async Task<Answer> AskAsync(HostProcess host, HttpMethod method, string path, object? body, Credential? credential)
    {
        for (var attempt = 0; ; attempt++)
        {
            var answer = await SendAsync(host, method, path, body, credential);
            if (answer.Status != HttpStatusCode.ServiceUnavailable || attempt == 200)
            {
                return answer;
            }

            Assert.True(
                hasOutages || answer.Text.Contains("Too many logins", StringComparison.Ordinal),
                $"{method} {path}: 503 without an outage: {answer.Text}");

            await PauseAsync();
        }
    }

    /// <summary>Asks once.</summary>
    internal async Task<Answer> SendAsync(HostProcess host, HttpMethod method, string path, object? body, Credential? credential)
    {
        using var request = new HttpRequestMessage(method, new Uri(host.Address, path));
        if (body is not null)
        {
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        }

        if (credential is not null)
        {
            request.Headers.TryAddWithoutValidation(credential.Header, credential.Value);
        }

        using var response = await http.SendAsync(request, Ct);
        var cookie = response.Headers.TryGetValues("Set-Cookie", out var set) ? set.First().Split(';')[0] : null;
        return new Answer(
            response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(Ct), cookie);
    }

    /// <summary>Makes a user, who logs in through host A; gives the id and the session.</summary>
    internal async Task<(long Id, Credential Session)> UserAsync(string name, string role)
    {
        var user = (await PostAsync(A, "/api/auth/users", new { username = name, password = Password, role }, Master)).Json;
        return ((long)user["id"]!, await LogInAsync(A, name));
    }

    internal async Task<Credential> LogInAsync(HostProcess host, string name)
    {
        var answer = await PostAsync(host, "/api/auth/login", new { username = name, password = Password });
        return new Credential("Cookie", answer.Expect(HttpStatusCode.OK).Cookie!);
    }

    /// <summary>Submits a task that leaves one file in <see cref="Folder"/> each time it runs.</summary>
    internal async Task<string> SubmitAsync(HostProcess host, Credential user, string mark)
    {
        var answer = await PostAsync(host, "/api/submit", Submission(mark), user);
        return (string)answer.Expect(HttpStatusCode.Accepted).Json["task_ids"]![0]!;
    }

    /// <summary>The body of such a submission.</summary>
    internal object Submission(string mark) =>
        new { command = "mktemp", arguments = new[] { Path.Combine(Folder, mark + ".XXXXXX") }, required_cores = 0 };

    /// <summary>How often the task with this mark has run.</summary>
    internal int Runs(string mark) => folder.GetFiles(mark + ".*").Length;

    /// <summary>The task once it is in a state.</summary>
    internal async Task<JsonNode> WaitAsync(HostProcess host, string task, string status)
    {
        JsonNode? seen = null;
        await UntilAsync(
            async () =>
            {
                var answer = await GetAsync(host, $"/api/tasks/{task}", Master);
                seen = answer.Json;
                return (string?)seen?["status"] == status;
            },
            () => $"Task {task} did not become {status}: {seen?.ToJsonString()}");
        return seen!;
    }

    internal static async Task UntilAsync(Func<Task<bool>> isTrue, Func<string> otherwise)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await isTrue())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, otherwise());
            await PauseAsync();
        }
    }

    internal static Task PauseAsync() => Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);

    /// <summary>Past the hosts.</summary>
    internal async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(server.ConnectionString(database));
        await connection.OpenAsync(Ct);
        return connection;
    }

    internal async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(Ct))!;
    }

    internal Task ExecuteAsync(string sql) => server.ExecuteAsync(database, sql);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        foreach (var host in hosts)
        {
            await host.DisposeAsync();
        }

        await server.DropDatabaseAsync(database);
        folder.Delete(recursive: true);
    }

    private async Task<HostProcess> StartHostAsync(IReadOnlyDictionary<string, string>? environment, string username)
    {
        var connection = new NpgsqlConnectionStringBuilder(
            server.ConnectionString(database)) { Pooling = true, MaxPoolSize = 30, Username = username };
        if (!isPatient)
        {
            connection.Remove("Timeout");
            connection.Remove("Command Timeout");
        }

        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["KOHAKU_AUTH_DB"] = connection.ConnectionString,
            ["KohakuAuth__Passwords__WorkFactor"] = "10",
            ["KohakuAuth__Delivery__PollInterval"] = "00:00:00.2",
            ["KohakuAuth__Delivery__FirstPause"] = "00:00:00.2",
            ["KohakuAuth__Delivery__LongestPause"] = "00:00:01",

            // Hosts that live for seconds are not worth optimising.
            ["DOTNET_TieredPGO"] = "0",
            ["SampleHost__AllowedExecutables__50"] = "mktemp",
        };
        foreach (
            var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal) { ["ADMIN_SECRET"] = MasterSecret })
        {
            all[name] = value;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await HostProcess.StartAsync(Folder, all);
            }
            catch (InvalidOperationException e) when (
                attempt < 10 && e.Message.Contains(nameof(StoreUnavailableException), StringComparison.Ordinal))
            {
                // Somebody starts it again, as whatever runs hosts does.
                await PauseAsync();
            }
        }
    }
}
