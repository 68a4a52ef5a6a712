using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using KohakuRiver.Tests.Shared;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.SampleHost.Tests;

/// <summary>
/// Nothing that comes from outside and is out of range is the host's fault: every endpoint, every parameter, both databases.
/// </summary>
public sealed partial class OutOfRangeTests(PostgresServer server)
{
    private static readonly string[] Names =
    [
        "actor", "action", "target", "outcome", "from", "to", "limit", "cursor", "format", "sort", "search", "role", "group_id",
        "is_active", "offset", "status", "node", "own", "reason",
        "token", "code", "return", "vps_id", "user_id", "owner",
    ];

    private static readonly string[] Values =
    [
        "%00", "a%00b", "%ff", "%ed%a0%80", "%e2%80%ae", "%f4%8f%bf%bf", "-1", "0", "2147483648", "9223372036854775807",
        "9223372036854775808", "99999999999999999999", "NaN", "1e400",
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-14:00", "0001-01-01",
        "9999-12-31", "%27;--", "%25", "%0d%0a", "[]", "x&x",
    ];

    private static bool IsFull => Environment.GetEnvironmentVariable("KOHAKU_FULL") == "1";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Requirement", "R11")]
    public async Task EveryEndpoint_WithValuesOutOfRange_IsNeverAServerError(bool onPostgreSql)
    {
        await using var run = await StartAsync(onPostgreSql ? server : null);
        var asked = 0;
        foreach (var (method, pattern) in run.Endpoints)
        {
            foreach (var path in Paths(pattern))
            {
                await run.AskAsync(method, path);
                asked++;
            }

            // What changes things is only asked about things that are not there.
            if (method != HttpMethod.Get)
            {
                continue;
            }

            var good = Parameter().Replace(pattern, "1");
            foreach (var name in Names)
            {
                foreach (var value in IsFull ? Values : Some(asked, onPostgreSql ? 1 : 2))
                {
                    await run.AskAsync(method, $"{good}?{name}={value}");
                    asked++;
                }
            }

            var turn = 0;
            foreach (var (order, cursor) in ForgedCursors().Where(_ => IsFull || turn++ % 8 == asked % 8))
            {
                await run.AskAsync(method, $"{good}?sort={order}&cursor={cursor}");
                asked++;
            }
        }

        Assert.True(asked > 2000, $"Only {asked} requests: the endpoints were not found.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Requirement", "R11")]
    public async Task Nul_WhereverItIsSent_Is400(bool onPostgreSql)
    {
        await using var run = await StartAsync(onPostgreSql ? server : null);
        foreach (var query in (string[])
        [
            "/api/tasks?node=%00", "/api/tasks?status=%00", "/api/tasks?nobody_reads=%00", "/api/tasks?%00=1", "/api/auth/audit?actor=a%00",
            "/api/auth/audit?action=%00", "/api/auth/audit?target=%00", "/api/auth/users?search=%00",
            "/admin/tasks?node=%00", "/admin/users?search=%00", "/admin/audit?actor=%00", "/api/tasks/%00", "/api/status/1%00",
            "/admin/tasks/%00", "/api/vps/%00/assignments",
        ])
        {
            Assert.True(await run.AskAsync(HttpMethod.Get, query) == HttpStatusCode.BadRequest, query);
        }

        foreach (var (method, path, body) in ((HttpMethod, string, string)[])
        [
            (HttpMethod.Post, "/api/auth/login", """{"username":"a\u0000b","password":"x"}"""),
            (HttpMethod.Post, "/api/auth/users", """{"username":"a\u0000b","password":"four plain words here","role":"user"}"""),
            (HttpMethod.Patch, "/api/auth/me", """{"display_name":"a\u0000b"}"""),
            (HttpMethod.Post, "/api/auth/tokens", """{"name":"a\u0000b"}"""),
            (HttpMethod.Post, "/api/auth/groups", """{"name":"a\u0000b"}"""),
            (HttpMethod.Post, "/api/auth/groups", """{"name":"fine","description":"a\u0000b"}"""),
            (HttpMethod.Post, "/api/auth/groups", """{"name":"fine","limits":{"a\u0000b":1}}"""),
            (
                HttpMethod.Post,
                "/api/auth/register",
                """{"username":"abc","password":"four plain words here","invitation_code":"a\u0000b"}"""),
            (HttpMethod.Post, "/api/auth/reset", """{"code":"a\u0000b","new_password":"four plain words here"}"""),
            (HttpMethod.Post, "/api/vps", """{"name":"a\u0000b"}"""),
            (HttpMethod.Post, "/api/vps", """{"name":"fine","node":"a\u0000b"}"""),
            (HttpMethod.Post, "/api/submit", """{"command":"echo","arguments":["a\u0000b"]}"""),
            (HttpMethod.Post, "/api/submit", """{"command":"echo","env_vars":{"A":"a\u0000b"}}"""),
            (HttpMethod.Post, "/api/submit", """{"command":"echo","env_vars":{"A\u0000":"b"}}"""),
            (HttpMethod.Post, "/api/submit", """{"command":"echo","targets":["a\u0000b"]}"""),
            (HttpMethod.Post, "/api/submit", """{"command":"echo","container_name":"a\u0000b"}"""),
            (HttpMethod.Post, "/api/submit", """{"command":"echo","arguments":["\ud800"]}"""),
        ])
        {
            var status = await run.AskAsync(method, path, new StringContent(body, Encoding.UTF8, "application/json"));
            Assert.True(status == HttpStatusCode.BadRequest, $"{method} {path} {body}: {status}");
        }

        foreach (var header in (string[])["User-Agent", "X-Admin-Token", "Cookie", "Authorization", "X-Anything"])
        {
            Assert.StartsWith(
                "HTTP/1.1 400",
                await run.RawAsync($"GET /api/tasks HTTP/1.1\r\nHost: localhost\r\n{header}: a\0b\r\nConnection: close\r\n\r\n"),
                StringComparison.Ordinal);
        }

        Assert.StartsWith(
            "HTTP/1.1 400",
            await run.RawAsync("GET /api/tasks?node=a\0b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Requirement", "R11")]
    public async Task Cursors_NoListCouldHaveGiven_Are400(bool onPostgreSql)
    {
        await using var run = await StartAsync(onPostgreSql ? server : null);
        foreach (var (order, cursor) in ForgedCursors())
        {
            foreach (var list in (string[])["/api/auth/users", "/admin/users", "/api/auth/groups", "/api/auth/audit", "/api/auth/tokens",
                "/api/auth/invitations", "/api/approvals", "/api/tasks/pending-approval"])
            {
                var status = await run.AskAsync(HttpMethod.Get, $"{list}?sort={order}&cursor={cursor}");
                Assert.True(
                    status == HttpStatusCode.BadRequest,
                    $"{list} {order} {Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor))}: {status}");
            }
        }

        foreach (var id in (string[])["0", "-1", "9223372036854775807", "-9223372036854775808"])
        {
            foreach (var list in (string[])["/api/auth/groups", "/api/auth/audit", "/admin/groups", "/admin/tasks", "/admin/audit"])
            {
                Assert.Equal(HttpStatusCode.OK, await run.AskAsync(HttpMethod.Get, $"{list}?cursor={Cursor("-id", id, "null", "null")}"));
            }
        }

        // A place that a list could have given is one, whoever wrote it.
        Assert.Equal(HttpStatusCode.OK, await run.AskAsync(
            HttpMethod.Get, $"/api/auth/users?sort=created_at&cursor={Cursor("created_at", "7", "null", "1700000000000000")}"));
    }

    // In the short form each parameter sees a few of the values, and all of them have their turn. Most are refused before a database is
    // asked, so that the slower one sees fewer; a NUL is what only PostgreSQL refuses by itself.
    private static string[] Some(int turn, int count) =>
        [.. Enumerable.Range(0, count).Select(i => Values[((turn * count) + i) % Values.Length]).Append("%00").Distinct()];

    // As written by somebody who knows the form, with each part out of range in turn.
    private static IEnumerable<(string Order, string Cursor)> ForgedCursors()
    {
        string[] numbers = ["9223372036854775807", "-9223372036854775808", "922337203685477580", "-922337203685477581",
            "253402300800000000", "-62135596800000001"];
        foreach (var order in (string[])["created_at", "-created_at", "last_login", "-last_login", "role", "-role"])
        {
            foreach (var number in numbers)
            {
                yield return (order, Cursor(order, "1", "null", number));
            }

            yield return (order, Cursor(order, "1", "\"x\"", "1"));
        }

        foreach (var order in (string[])["username", "-username"])
        {
            yield return (order, Cursor(order, "1", "\"a\\u0000b\"", "null"));
            yield return (order, Cursor(order, "1", "\"\\ud800\"", "null"));
            yield return (order, Cursor(order, "1", "null", "null"));
            yield return (order, Cursor(order, "1", "\"a\"", "1"));
        }

        yield return ("-created_at", Cursor("-created_at", "1", "null", "null"));
        yield return ("role", Cursor("role", "1", "null", "5"));
        yield return ("role", Cursor("role", "1", "null", "-1"));
        yield return ("role", Cursor("role", "1", "null", "null"));
    }

    private static string Cursor(string order, string id, string text, string number) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"[\"{order}\",{id},{text},{number}]"));

    private static IEnumerable<string> Paths(string pattern) => Parameter().IsMatch(pattern)
        ? ((string[])["%00", "-1", "0", "9223372036854775807", "9223372036854775808", "99999999999999999999", "%E2%80%AE", "%ff", "%27",
            "a%20b", new string('9', 300)]).Select(v => Parameter().Replace(pattern, v))
        : [];

    private static async Task<Running> StartAsync(PostgresServer? server)
    {
        var database = server is null ? null : await server.CreateDatabaseAsync(migrated: false);
        var host = new SampleHost(database is null ? null : server!.ConnectionString(database));
        host.UseKestrel(0);
        host.StartServer();
        var running = new Running(host, server, database);
        await running.LogInAsync();
        return running;
    }

    [GeneratedRegex(@"\{[^{}]*\}", RegexOptions.None, 1000)]
    private static partial Regex Parameter();

    /// <summary>The host on a real socket, and an admin who asks it.</summary>
    private sealed class Running(SampleHost host, PostgresServer? server, string? database) : IAsyncDisposable
    {
        private readonly HttpClient browser = Client(host, keepsCookies: true);
        private readonly HttpClient program = Client(host, keepsCookies: false);

        internal IReadOnlyList<(HttpMethod Method, string Pattern)> Endpoints =>
        [
            .. host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                    .Select(m => (new HttpMethod(m), "/" + e.RoutePattern.RawText!.TrimStart('/'))))
                .Where(e => e.Item1.Method is "GET" or "POST" or "PUT" or "PATCH" or "DELETE"),
        ];

        internal async Task LogInAsync()
        {
            using var master = Client(host, keepsCookies: false);
            master.DefaultRequestHeaders.Add("X-Admin-Token", SampleHost.MasterSecret);
            await SampleHost.ReadAsync(await master.PostAsJsonAsync(
                "/api/auth/users", new { username = "fuzzer", password = "four plain words here", role = "admin" }, Ct));
            await SampleHost.ReadAsync(
                await browser.PostAsJsonAsync("/api/auth/login", new { username = "fuzzer", password = "four plain words here" }, Ct));
            var token = await SampleHost.ReadAsync(await browser.PostAsJsonAsync("/api/auth/tokens/create", new { name = "test" }, Ct));
            program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("token").GetString());
        }

        /// <summary>
        /// The status; fails the test where it is the host's own fault. Pages are asked with the session, calls with the token.
        /// </summary>
        internal async Task<HttpStatusCode> AskAsync(HttpMethod method, string path, HttpContent? content = null)
        {
            var client = path.StartsWith("/admin", StringComparison.Ordinal) ? browser : program;
            using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };

            // Streams are left as soon as they have said how they begin.
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
            Assert.True((int)answer.StatusCode < 500, $"{method} {path}: {(int)answer.StatusCode}");
            return answer.StatusCode;
        }

        internal async Task<string> RawAsync(string request)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, browser.BaseAddress!.Port, Ct);
            await using var stream = client.GetStream();
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), Ct);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            return await reader.ReadToEndAsync(Ct);
        }

        private static HttpClient Client(SampleHost host, bool keepsCookies) =>
            new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = keepsCookies })
            {
                BaseAddress = new Uri(
                    host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()),
            };

        public async ValueTask DisposeAsync()
        {
            browser.Dispose();
            program.Dispose();
            try
            {
                await host.DisposeAsync();
            }
            catch (ObjectDisposedException)
            {
                // The program ends by itself when it is told to, and may have put everything away before the factory has.
            }

            if (server is not null)
            {
                await server.DropDatabaseAsync(database!);
            }
        }
    }
}
