using System.Net;
using System.Net.Sockets;
using System.Text;
using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Testing;

namespace KohakuRiver.Auth.AspNetCore.Tests;

/// <summary>A <see cref="TestHost"/> on real sockets of this machine, and the clients and raw requests that go there.</summary>
internal sealed class SocketHost(TestHost host) : IAsyncDisposable
{
    internal FakeLogCollector Logs => host.Logs;

    /// <summary>Where it listens, in the order of the setup.</summary>
    internal IReadOnlyList<Uri> Addresses => host.Addresses;

    internal KohakuStoreSet Stores => host.Stores;

    internal static async Task<SocketHost> StartAsync(
        Action<KohakuAuthOptions>? options = null,
        Action<WebApplication>? map = null,
        string urls = "http://127.0.0.1:0",
        InMemoryDatabase? database = null,
        Dictionary<string, string?>? configuration = null) => new(await TestHost.StartAsync(new HostSetup
    {
        Options = options,
        Map = app =>
        {
            app.MapKohakuAuth();
            map?.Invoke(app);
        },
        Urls = urls,
        Database = database,
        Configuration = configuration ?? [],

        // The jars of its clients forget what has expired by the real one.
        OnRealClock = true,
    }));

    /// <summary>An account, made past HTTP.</summary>
    internal async Task AddUserAsync(string name, Role role = Role.Admin)
    {
        var command = new CreateUserCommand { Username = name, Password = TestHost.Password, Role = role };
        Assert.True((await host.Get<IUserService>().CreateAsync(Actor.Host, command)).IsSuccess);
    }

    /// <summary>A client with a jar of its own, or with one it shares; by a unix socket where a path is given.</summary>
    internal HttpClient Client(CookieContainer? jar = null, string? socket = null) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        CookieContainer = jar ?? new CookieContainer(),
        UseCookies = socket is null,
        ConnectCallback = socket is null ? null : async (_, cancellationToken) =>
        {
            var raw = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await raw.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellationToken);
            return new NetworkStream(raw, ownsSocket: true);
        },
    })
    {
        BaseAddress = socket is null ? Addresses[0] : new Uri("http://localhost"),
    };

    /// <summary>Sends one request as it stands, at a port of this machine, and reads the whole answer.</summary>
    internal async Task<string> SendRawAsync(string raw, int at = 0)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Addresses[at].Port, limit.Token);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(raw), limit.Token);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(limit.Token);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
