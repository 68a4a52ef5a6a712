using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using KohakuRiver.Auth.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Security;

/// <summary>One client with many connections, over sockets: it gets its share of the hashing, and others get through.</summary>
public sealed class OneClientRowTests
{
    private const string Password = "seven wet umbrellas";
    private const int Connections = 200;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("wrong passwords for many names")]
    [InlineData("the right password of one viewer")]
    [Trait("Requirement", "B9"), Trait("Requirement", "V2.4.1"), Trait("Requirement", "V6.3.1")]
    public async Task Login_WhileOneAddressFloods_OthersAreServed(string flood)
    {
        using var hasher = new GatedHasher();
        await using var app = await StartAsync(hasher);
        var users = app.Services.GetRequiredService<IUserService>();
        foreach (var name in Enumerable.Range(0, 10).Select(i => $"user{i}").Append("viewer"))
        {
            var command = new CreateUserCommand { Username = name, Password = Password, Role = Role.Viewer };
            (await users.CreateAsync(Actor.Host, command)).Require();
        }

        hasher.IsShut = true;
        using var flooder = ClientFrom(app, "127.0.0.2");
        var attack = Enumerable.Range(0, Connections)
            .Select(i => flood[0] == 'w' ? LogInAsync(flooder, $"nobody{i}", "wrong") : LogInAsync(flooder, "viewer", Password)).ToList();

        // All that are beyond the share are told so while nothing is hashed at all.
        var places = Math.Max(1, Environment.ProcessorCount - 1) + 32;
        var share = flood[0] == 'w' ? places / 4 : places / 8;
        var waiting = attack.ToList();
        while (waiting.Count > share)
        {
            var first = await Task.WhenAny(waiting).WaitAsync(Bound);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await first);
            waiting.Remove(first);
        }

        var others = new List<Task<HttpStatusCode>>();
        var clients = Enumerable.Range(0, 10).Select(i => ClientFrom(app, $"127.0.1.{i + 1}")).ToList();
        for (var i = 0; i < clients.Count; i++)
        {
            others.Add(LogInAsync(clients[i], $"user{i}", Password));
        }

        hasher.IsShut = false;
        Assert.All(await Task.WhenAll(others).WaitAsync(Bound), status => Assert.Equal(HttpStatusCode.OK, status));
        var expected = flood[0] == 'w' ? HttpStatusCode.Unauthorized : HttpStatusCode.OK;
        Assert.All(await Task.WhenAll(waiting).WaitAsync(Bound), status => Assert.Equal(expected, status));
        clients.ForEach(c => c.Dispose());
    }

    private static async Task<WebApplication> StartAsync(IPasswordHasher hasher)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseKestrel(o => o.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRouting();
        builder.Services.AddSingleton(hasher);
        builder.Services.AddKohakuAuth(o => o.AdminRegisterSecret = new string('r', 40))
            .UseInMemoryStores(new InMemoryDatabase()).AddAspNetCore();
        var app = builder.Build();
        app.UseKohakuAuth();
        app.MapKohakuAuth();
        await app.StartAsync();
        return app;
    }

    /// <summary>A client whose connections come from an address of this machine.</summary>
    private static HttpClient ClientFrom(WebApplication app, string address)
    {
        var handler = new SocketsHttpHandler
        {
            UseCookies = false,
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return new HttpClient(handler) { BaseAddress = new Uri(app.Urls.First()), Timeout = Bound };
    }

    private static async Task<HttpStatusCode> LogInAsync(HttpClient client, string username, string password)
    {
        using var answer = await client.PostAsJsonAsync(new Uri("/api/auth/login", UriKind.Relative), new { username, password });
        return answer.StatusCode;
    }

    /// <summary>Costs nothing, but for as long as it is shut nobody gets past it.</summary>
    private sealed class GatedHasher : IPasswordHasher, IDisposable
    {
        private readonly ManualResetEventSlim open = new(true);

        internal bool IsShut
        {
            set
            {
                if (value)
                {
                    open.Reset();
                }
                else
                {
                    open.Set();
                }
            }
        }

        public string Hash(string password) => "gated:" + password;

        public PasswordVerdict Verify(string password, string storedHash)
        {
            open.Wait(Bound);
            return storedHash == Hash(password) ? PasswordVerdict.Right : PasswordVerdict.Wrong;
        }

        public void VerifyNothing(string password) => open.Wait(Bound);

        public void Dispose() => open.Dispose();
    }
}
