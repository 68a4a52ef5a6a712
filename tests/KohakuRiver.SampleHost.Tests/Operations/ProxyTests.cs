using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using KohakuRiver.SampleHost.Tests.Walk;

namespace KohakuRiver.SampleHost.Tests.Operations;

/// <summary>nginx with what is printed for it, before real hosts.</summary>
public sealed class ProxyTests : IDisposable
{
    private const string Password = "nine slow herons at the mill";
    private const string Master = "the master secret of these tests only";

    private const string PrintedSocket = "/run/kohakuriver/host.sock";

    private readonly TempFolder folder = new();
    private readonly Shell shell;

    public ProxyTests() => shell = new Shell(folder.Path);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Trait(PrintedBlock.Trait, "nginx-location")]
    [Trait(PrintedBlock.Trait, "nginx-path")]
    [Trait(PrintedBlock.Trait, "nginx-upstream")]
    [Trait(PrintedBlock.Trait, "unix-socket")]
    public async Task Nginx_AsPrinted_LeadsToTheHostWithTheClientsAddress()
    {
        shell.Require("nginx");
        var socket = folder.File("host.sock");
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        await using var third = await StartAsync(await SocketSettingsAsync(socket));
        int[] ports = [HostProcess.FreePort(), HostProcess.FreePort(), HostProcess.FreePort(), HostProcess.FreePort()];
        await using var nginx = await Nginx.StartAsync(
            shell,
            folder,
            (pem, key) => string.Concat(
                Nginx.Server(ports[0], pem, key, PrintedBlock.Get("nginx-location").With(("127.0.0.1:8000", first.Address.Authority))),
                Nginx.Server(ports[1], pem, key, PrintedBlock.Get("nginx-path").With(("127.0.0.1:8000", first.Address.Authority))),
                Nginx.Server(ports[2], pem, key, ThroughSocket(socket)),
                PrintedBlock.Get("nginx-upstream").With(
                    ("10.0.0.11:8000", first.Address.Authority),
                    ("10.0.0.12:8000", second.Address.Authority),
                    ("listen 443 ssl", string.Create(CultureInfo.InvariantCulture, $"listen 127.0.0.1:{ports[3]} ssl")),
                    ("/etc/ssl/cluster.example.org.pem", pem),
                    ("/etc/ssl/private/cluster.example.org.key", key))),
            ports);
        await Operator.AddUserAsync(first.Address, Master, "root", Password, "operator");

        await AssertLeadsThereAsync(nginx, ports[0], "", first.Address);
        await AssertStreamsAsync(nginx, ports[0]);
        await AssertLeadsThereAsync(nginx, ports[1], "/cluster", first.Address);
        await AssertRedirectsInsideAsync(nginx, ports[1], "/cluster");
        await AssertLeadsThereAsync(nginx, ports[2], "", first.Address);
        await AssertLeadsThereAsync(nginx, ports[3], "", first.Address);

        // Of several hosts one may go: what could not be connected is tried at the next.
        await second.KillAsync();
        using var client = nginx.Connect(ports[3]);
        foreach (var _ in Enumerable.Range(0, 4))
        {
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/api/auth/status", UriKind.Relative), Ct)).StatusCode);
        }
    }

    /// <summary>In a LAN, without HTTPS: what the document for those who come from the original prints.</summary>
    [Fact]
    public async Task Nginx_ThatReplacesHostOverPlainHttp_IsMendedByWhatIsPrinted()
    {
        const string document = "docs/migration-from-kohakuriver.md";
        shell.Require("nginx");
        int[] ports = [HostProcess.FreePort(), HostProcess.FreePort(), HostProcess.FreePort()];
        var settings = await shell.ReadVariablesAsync(
            Printed("public-url").With(("lab.example.org:5173", $"127.0.0.1:{ports[2]}")));
        await using var unaware = await StartAsync();
        await using var aware = await StartAsync(settings);
        await using var nginx = await Nginx.StartAsync(
            shell,
            folder,
            (_, _) => string.Concat(
                Nginx.PlainServer(ports[0], $"location / {{ proxy_pass {unaware.Address}; }}"),
                Nginx.PlainServer(ports[1], Printed("nginx-host").With(("127.0.0.1:8000", unaware.Address.Authority))),
                Nginx.PlainServer(ports[2], $"location / {{ proxy_pass {aware.Address}; }}")),
            ports);
        await Operator.AddUserAsync(unaware.Address, Master, "root", Password, "operator");

        var (status, detail) = await LogInLikeABrowserAsync(ports[0]);
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("set PublicUrl, or let the proxy pass on the Host header", detail, StringComparison.Ordinal);
        Assert.Contains(
            $"the page is at http://127.0.0.1:{ports[0]}, and this host was addressed as http://{unaware.Address.Authority}.",
            unaware.Output,
            StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await LogInLikeABrowserAsync(ports[1])).Status);
        Assert.Equal(HttpStatusCode.OK, (await LogInLikeABrowserAsync(ports[2])).Status);

        static PrintedBlock Printed(string name) =>
            PrintedBlock.In(PrintedBlock.ReadDocument(document)).Single(b => b.Comment == "run" && b.Name == name);
    }

    public void Dispose() => folder.Dispose();

    // Over plain HTTP a browser sends no Sec-Fetch-Site, unless it is to its own machine.
    private static async Task<(HttpStatusCode Status, string Body)> LogInLikeABrowserAsync(int port)
    {
        var page = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        using var client = new HttpClient { BaseAddress = new Uri(page) };
        client.DefaultRequestHeaders.Add("Origin", page);
        using var response = await client.PostAsJsonAsync("/api/auth/login", new { username = "root", password = Password }, Ct);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Ct));
    }

    /// <summary>The location with the directive that the text about sockets names.</summary>
    private static string ThroughSocket(string socket)
    {
        const string Directive = "proxy_pass http://unix:" + PrintedSocket + ";";
        Assert.Contains($"`{Directive}`", PrintedBlock.ReadDocument("docs/operations.md"), StringComparison.Ordinal);
        return PrintedBlock.Get("nginx-location")
            .With(("proxy_pass http://127.0.0.1:8000;", Directive.Replace(PrintedSocket, socket, StringComparison.Ordinal)));
    }

    private async Task<Dictionary<string, string>> SocketSettingsAsync(string socket) =>
        await shell.ReadVariablesAsync(PrintedBlock.Get("unix-socket").With((PrintedSocket, socket)));

    private Task<HostProcess> StartAsync(IReadOnlyDictionary<string, string>? more = null) => HostProcess.StartAsync(
        folder.Path,
        new Dictionary<string, string>(
            more ?? new Dictionary<string, string>(StringComparer.Ordinal) { ["KohakuAuth__TrustedProxies__0"] = "127.0.0.1" },
            StringComparer.Ordinal)
        {
            ["KOHAKU_AUTH_DB"] = folder.File("kohakuriver.db"),
            ["ADMIN_SECRET"] = Master,
            ["KohakuAuth__Passwords__WorkFactor"] = "10",
        });

    private static async Task AssertLeadsThereAsync(Nginx nginx, int port, string path, Uri host)
    {
        using var client = nginx.Connect(port);

        var cookie = await Nginx.LogInAsync(client, path + "/api/auth/login", "root", Password);

        Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        var entries = await Operator.GetAsync(host, Master, "/api/auth/audit?action=auth.login&limit=1");
        Assert.Equal(Nginx.Client, (string?)entries.AsArray().Single()!["ip"]);
    }

    /// <summary>An event comes at once, not when a buffer is full.</summary>
    private static async Task AssertStreamsAsync(Nginx nginx, int port)
    {
        using var client = nginx.Connect(port);
        var cookie = await Nginx.LogInAsync(client, "/api/auth/login", "root", Password);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/tasks/pending-approval/events", UriKind.Relative));
        request.Headers.Add("Cookie", cookie.Split(';')[0]);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(Ct));

        Assert.Equal("event: count", await lines.ReadLineAsync(Ct));
    }

    private static async Task AssertRedirectsInsideAsync(Nginx nginx, int port, string path)
    {
        using var client = nginx.Connect(port);
        using var response = await client.GetAsync(new Uri(path + "/admin", UriKind.Relative), Ct);

        Assert.StartsWith(path + "/admin/login", response.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }
}
