using System.Net;
using System.Net.Sockets;
using System.Text;
using KohakuRiver.Auth.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>A host with the API on real sockets of this machine.</summary>
internal sealed class SocketHost : IAsyncDisposable
{
    internal const string Password = "seven wet umbrellas in a row";
    internal const string MasterSecret = "master-secret-of-the-tests-0123456789";

    private readonly WebApplication app;

    private SocketHost(WebApplication app, FakeLogCollector logs)
    {
        this.app = app;
        Logs = logs;
    }

    internal FakeLogCollector Logs { get; }

    /// <summary>Where it listens, in the order it was told.</summary>
    internal IReadOnlyList<Uri> Addresses => [.. app.Urls.Select(u => new Uri(u))];

    internal InMemoryStoreSet Stores { get; private init; } = null!;

    internal static async Task<SocketHost> StartAsync(
        Action<KohakuAuthOptions>? options = null,
        Action<WebApplication>? map = null,
        string urls = "http://127.0.0.1:0",
        InMemoryDatabase? database = null,
        Dictionary<string, string?>? configuration = null)
    {
        var logs = new FakeLogCollector();
        var stores = new InMemoryStoreSet(database ?? new InMemoryDatabase());
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(configuration ?? []);
        builder.WebHost.UseUrls(urls.Split(';'));
        builder.Logging.ClearProviders().AddProvider(new FakeLoggerProvider(logs));
        builder.Services.AddSingleton<IPasswordHasher, CheapPasswordHasher>();
        builder.Services.AddKohakuAuth(o =>
        {
            o.AdminSecret = MasterSecret;
            options?.Invoke(o);
        }).UseStores(_ => stores).AddAspNetCore(o => o.SetupLinkOutput = _ => { });
        var built = builder.Build();
        built.UseKohakuAuth();
        built.MapKohakuAuth();
        map?.Invoke(built);
        var host = new SocketHost(built, logs) { Stores = stores };
        try
        {
            await built.StartAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>An account, made past HTTP.</summary>
    internal async Task AddUserAsync(string name, Role role = Role.Admin)
    {
        var command = new CreateUserCommand { Username = name, Password = Password, Role = role };
        Assert.True((await app.Services.GetRequiredService<IUserService>().CreateAsync(Actor.Host, command)).IsSuccess);
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

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
