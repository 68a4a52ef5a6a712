using System.Net;
using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;
using KohakuRiver.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>A small host of the test's own over in-memory stores, with people in it.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    internal const string MasterSecret = "master-secret-of-the-tests-0123456789";

    private readonly WebApplication application;
    private int people;

    private TestHost(WebApplication application, InMemoryStoreSet stores, TestClock clock, FakeLogCollector logs)
    {
        this.application = application;
        Stores = stores;
        Clock = clock;
        Logs = logs;
    }

    internal InMemoryStoreSet Stores { get; }

    internal TestClock Clock { get; }

    internal FakeLogCollector Logs { get; }

    internal IServiceProvider Services => application.Services;

    internal TestServer Server => application.GetTestServer();

    /// <summary>The two sockets it listens on, HTTP/1.1 first; empty without.</summary>
    internal IReadOnlyList<Uri> Addresses { get; private init; } = [];

    internal static async Task<TestHost> StartAsync(HostSetup setup)
    {
        var stores = new InMemoryStoreSet();
        if (setup.Deployment is { } deployment)
        {
            await stores.Settings.GetOrAddAsync("deployment_id", deployment, CancellationToken.None);
        }

        var clock = new TestClock();
        var logs = new FakeLogCollector();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        if (setup.OnSockets)
        {
            builder.WebHost.UseKestrel(kestrel =>
            {
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            });
        }
        else
        {
            builder.WebHost.UseTestServer();
        }

        builder.Logging.ClearProviders().AddProvider(new FakeLoggerProvider(logs));
        builder.Services.AddSingleton<TimeProvider>(clock);
        if (setup is { PeerFirst: true, Peer: { } first })
        {
            builder.Services.AddSingleton<IStartupFilter>(new PeerFilter(IPAddress.Parse(first)));
        }

        setup.Services?.Invoke(builder.Services);
        var auth = builder.Services.AddKohakuAuth(o =>
        {
            o.AdminSecret = MasterSecret;
            setup.Options?.Invoke(o);
        }).UseStores(_ => setup.Stores?.Invoke(stores) ?? stores).AddAspNetCore(o => o.SetupLinkOutput = _ => { });
        setup.Auth?.Invoke(auth);

        var app = builder.Build();
        if (setup.Peer is not null)
        {
            app.Use((context, next) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(setup.Peer);
                return next(context);
            });
        }

        (setup.Pipeline ?? (a => a.UseKohakuAuth()))(app);
        setup.Map?.Invoke(app);
        await app.StartAsync();
        return new TestHost(app, stores, clock, logs) { Addresses = setup.OnSockets ? [.. app.Urls.Select(u => new Uri(u))] : [] };
    }

    /// <summary>A new account with a session and a token.</summary>
    internal async Task<Person> AddAsync(Role role)
    {
        var now = Clock.GetInstant();
        var session = SecretGenerator.Create(SecretKind.Session);
        var token = SecretGenerator.Create(SecretKind.ApiToken);
        var audit = AuthorizedWrite.WithoutCredential(
            new AuditEntry { At = now, Actor = "test", Action = "test", OperationId = Guid.CreateVersion7(now) });
        var name = $"{role.ToName()}{++people}";
        var user = new NewUser { Username = name, DisplayName = name, Role = role, PasswordHash = "-", CreatedAt = now };
        var made = await Stores.Accounts.TryRegisterAsync(
            user, new NewSession { Hash = session.Hash(), CreatedAt = now, ExpiresAt = now.AddHours(24), Limit = 10 }, audit,
            CancellationToken.None);
        var id = made.Value!.User.User.Id;
        await Stores.Tokens.TryCreateAsync(
            new NewToken { UserId = id, Hash = token.Hash(), Prefix = token.Prefix, Name = "t", CreatedAt = now, Limit = 10 }, audit,
            CancellationToken.None);
        return new Person(id, name, session.Reveal(), token.Reveal());
    }

    /// <summary>Sends a request; headers may repeat a name.</summary>
    internal async Task<Answer> SendAsync(
        HttpMethod method,
        string path,
        IEnumerable<(string Name, string Value)>? headers = null,
        HttpContent? content = null,
        string scheme = "http")
    {
        using var client = Addresses.Count == 0
            ? new HttpClient(Server.CreateHandler()) { BaseAddress = new Uri($"{scheme}://host.test") }
            : new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Addresses[0] };
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers ?? [])
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        using var response = await client.SendAsync(request);
        return await Answer.OfAsync(response);
    }

    internal Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, headers);

    internal Task<Answer> PostAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, headers);

    /// <summary>Changes a user as an admin elsewhere would.</summary>
    internal async Task ChangeAsync(UpdateUserCommand change) =>
        Assert.True((await Services.GetRequiredService<IUserService>().UpdateAsync(Actor.Host, change)).IsSuccess);

    /// <summary>Deletes a user as an admin elsewhere would.</summary>
    internal async Task DeleteAsync(Person person) =>
        Assert.True((await Services.GetRequiredService<IUserService>().DeleteAsync(Actor.Host, person.Id)).IsSuccess);

    internal async Task<IReadOnlyList<AuditEntry>> AuditAsync(string action) =>
        (await Stores.Audit.ListAsync(new AuditQuery { Action = action }, CancellationToken.None)).Items;

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private sealed class PeerFilter(IPAddress peer) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, inner) =>
            {
                context.Connection.RemoteIpAddress = peer;
                return inner(context);
            });
            next(app);
        };
    }

    /// <summary>Somebody with an account.</summary>
    internal sealed record Person(long Id, string Name, string Session, string Token)
    {
        internal (string, string) Cookie => ("Cookie", $"kohakuriver_session={Session}");

        internal (string, string) Bearer => ("Authorization", $"Bearer {Token}");
    }
}
