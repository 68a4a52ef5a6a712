using System.Collections.Concurrent;
using System.Net;
using KohakuRiver.Auth.AspNetCore.Tests.Api;
using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;
using KohakuRiver.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace KohakuRiver.Auth.AspNetCore.Tests;

/// <summary>A host of the test's own, on a clock that stands still; stops and forgets its data when disposed.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    internal const string MasterSecret = "master-secret-of-the-tests-0123456789";
    internal const string RegisterSecret = "register-secret-of-the-tests-0123456789";
    internal const string Password = "seven wet umbrellas in a row";
    internal const string AddressHeader = "X-Test-Address";

    private readonly TestStorage storage;
    private bool isOnSockets;
    private HttpClient? http;
    private int people;

    private TestHost(WebApplication application, TestStorage storage, TestClock clock, FakeLogCollector logs)
    {
        Application = application;
        this.storage = storage;
        Clock = clock;
        Logs = logs;
        Anonymous = new ApiClient(this);
        Master = Anonymous with { Master = MasterSecret };
    }

    /// <summary>The stores themselves, without what a test has put before them.</summary>
    internal KohakuStoreSet Stores => storage.Folder is null ? storage.InMemory : Get<KohakuStoreSet>();

    /// <summary>The data of a host in memory.</summary>
    internal InMemoryDatabase Database => storage.InMemory.Database;

    internal TestClock Clock { get; }

    internal DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>What it logged; of a host with the API the errors, so that a test that meets a 500 can say what it was.</summary>
    internal FakeLogCollector Logs { get; }

    internal WebApplication Application { get; }

    internal IServiceProvider Services => Application.Services;

    internal TestServer Server => Application.GetTestServer();

    /// <summary>A client of the host in memory.</summary>
    internal HttpClient Http => http ??= Server.CreateClient();

    internal ApiClient Anonymous { get; }

    internal ApiClient Master { get; }

    /// <summary>What the scheduler was told.</summary>
    internal ConcurrentQueue<string> Scheduled => Get<RecordingScheduler.Log>().Calls;

    /// <summary>The links printed at start.</summary>
    internal ConcurrentQueue<string> SetupLinks { get; private init; } = new();

    /// <summary>The sockets it listens on, in the order of the setup; of two HTTP/1.1 comes first. Empty for the test server.</summary>
    internal IReadOnlyList<Uri> Addresses => isOnSockets ? [.. Application.Urls.Select(u => new Uri(u))] : [];

    /// <summary>The SQLite file.</summary>
    internal string File => storage.File;

    /// <summary>A host with the whole API, its description and a scheduler.</summary>
    internal static Task<TestHost> StartApiAsync(StoreKind store) => StartApiAsync(new HostSetup { Store = store });

    /// <inheritdoc cref="StartApiAsync(StoreKind)" />
    internal static Task<TestHost> StartApiAsync(HostSetup? setup = null) => StartAsync((setup ?? new HostSetup()) with { HasApi = true });

    /// <summary>A host with what the setup maps and nothing else.</summary>
    internal static async Task<TestHost> StartAsync(HostSetup setup)
    {
        var data = setup.Beside?.storage.Share() ?? new TestStorage(setup.Store, setup.Database);
        if (setup.Deployment is { } deployment)
        {
            await data.InMemory.Settings.GetOrAddAsync("deployment_id", deployment, CancellationToken.None);
        }

        var clock = setup.Beside?.Clock ?? new TestClock();
        var logs = new FakeLogCollector();
        var links = new ConcurrentQueue<string>();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(setup.Configuration);
        Listen(builder.WebHost, setup);
        builder.Logging.AddProvider(new FakeLoggerProvider(logs)).SetMinimumLevel(setup.HasApi ? LogLevel.Error : LogLevel.Information);
        builder.Services.AddRouting();
        builder.Services.AddSingleton(setup.OnRealClock ? TimeProvider.System : clock);
        builder.Services.AddSingleton<RecordingScheduler.Log>();
        if (!setup.RealHashing)
        {
            builder.Services.AddSingleton<IPasswordHasher, CheapPasswordHasher>();
        }

        if (setup is { PeerFirst: true, Peer: { } first })
        {
            builder.Services.AddSingleton<IStartupFilter>(new PeerFilter(IPAddress.Parse(first)));
        }

        setup.Services?.Invoke(builder.Services);
        var auth = builder.Services.AddKohakuAuth(o =>
        {
            o.AdminSecret = MasterSecret;
            o.AdminRegisterSecret = RegisterSecret;
            o.Passwords.HashingQueueLength = 10_000;
            o.Passwords.WorkFactor = 10;
            setup.Options?.Invoke(o);
        });
        data.Use(auth, setup);
        auth.AddAspNetCore(o => o.SetupLinkOutput = links.Enqueue);
        if (setup.IsUnchecked)
        {
            builder.Services.Remove(builder.Services.Single(d => d.ImplementationType == typeof(PipelineCheck)));
        }

        if (setup.HasApi)
        {
            auth.AddTaskApprovalHandler<RecordingScheduler>();
        }

        setup.Auth?.Invoke(auth);
        var app = builder.Build();
        app.Use((context, next) =>
        {
            var said = setup.Peer ?? context.Request.Headers[AddressHeader].ToString();
            if (IPAddress.TryParse(said, out var address))
            {
                context.Connection.RemoteIpAddress = address;
            }

            return next(context);
        });
        (setup.Pipeline ?? (a => a.UseKohakuAuth()))(app);
        if (setup.HasApi)
        {
            app.MapKohakuAuth();
            app.MapKohakuAuthOpenApi();
        }

        setup.Map?.Invoke(app);
        var host = new TestHost(app, data, clock, logs) { SetupLinks = links, isOnSockets = setup.OnSockets || setup.Urls is not null };
        try
        {
            await app.StartAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>A second instance over the same data and clock.</summary>
    internal Task<TestHost> StartSecondAsync() => StartApiAsync(new HostSetup { Beside = this });

    /// <summary>Everything the SQLite files hold, as text of one byte a character.</summary>
    internal string ReadFiles() => storage.ReadFiles();

    internal T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Makes somebody with an account, a session and a token.</summary>
    internal async Task<TestUser> AddAsync(Role role, string? name = null, params long[] groups)
    {
        name ??= $"{role.ToName()}{Interlocked.Increment(ref people)}";
        var first = role == Role.Anony ? Role.Viewer : role;
        var command = new CreateUserCommand { Username = name, Password = Password, Role = first, GroupIds = groups };
        var made = (await Get<IUserService>().CreateAsync(Actor.Host, command)).Require();
        var (cookie, actor) = await LogInAsync(name);
        var token = (await Get<ITokenService>().CreateAsync(actor, new CreateTokenCommand { Name = "first" })).Require();
        if (first != role)
        {
            // Nobody makes a token while they have no permission.
            (await Get<IUserService>().UpdateAsync(Actor.Host, new UpdateUserCommand { Id = made.User.Id, Role = role })).Require();
        }

        return new TestUser(this, made.User.Id, name, role, Password, cookie, token.Secret.Reveal());
    }

    /// <summary>One more session of somebody.</summary>
    internal async Task<(string Cookie, Actor Actor)> LogInAsync(string name)
    {
        var login = (await Get<ILoginService>().LogInAsync(name, Password, new ClientInfo())).Require();
        var cookie = login.Secret.Reveal();
        return (cookie, (await Get<ICredentialService>().FindSessionActorAsync(cookie, null))!);
    }

    /// <summary>Somebody submits a task that waits for approval (for a user).</summary>
    internal Task SubmitAsync(TestUser user, string taskId, string command = "echo") =>
        SubmitAsync(user, new TaskSubmission { TaskId = taskId, Command = command, Arguments = ["hello"], RequiredCores = 1 });

    /// <summary>Somebody submits this.</summary>
    internal async Task SubmitAsync(TestUser user, TaskSubmission task)
    {
        var actor = (await Get<ICredentialService>().FindTokenActorAsync(user.Token, null))!;
        (await Get<IApprovalService>().SubmitAsync(actor, task)).Require();
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
        Assert.True((await Get<IUserService>().UpdateAsync(Actor.Host, change)).IsSuccess);

    /// <summary>Deletes a user as an admin elsewhere would.</summary>
    internal async Task DeleteAsync(TestUser person) =>
        Assert.True((await Get<IUserService>().DeleteAsync(Actor.Host, person.Id)).IsSuccess);

    internal async Task<IReadOnlyList<AuditEntry>> AuditAsync(string action) =>
        (await Stores.Audit.ListAsync(new AuditQuery { Action = action }, CancellationToken.None)).Items;

    private static void Listen(IWebHostBuilder web, HostSetup setup)
    {
        if (setup.Urls is { } urls)
        {
            web.UseKestrel().UseUrls(urls.Split(';'));
        }
        else if (setup.OnSockets)
        {
            web.UseKestrel(kestrel =>
            {
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            });
        }
        else
        {
            web.UseTestServer();
        }
    }

    public async ValueTask DisposeAsync()
    {
        http?.Dispose();
        await Application.StopAsync();
        await Application.DisposeAsync();
        storage.Dispose();
    }

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
}
