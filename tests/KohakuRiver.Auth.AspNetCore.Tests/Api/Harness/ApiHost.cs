using System.Collections.Concurrent;
using System.Net;
using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;
using KohakuRiver.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api;

/// <summary>A whole host with the API and nothing else, on a clock that stands still; stops and forgets its data when disposed.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    internal const string MasterSecret = "master-secret-of-the-tests-0123456789";
    internal const string RegisterSecret = "register-secret-of-the-tests-0123456789";
    internal const string Password = "seven wet umbrellas in a row";
    internal const string AddressHeader = "X-Test-Address";

    private readonly WebApplication application;
    private readonly string? folder;
    private readonly bool isSecond;
    private int people;

    private ApiHost(
        WebApplication application, InMemoryDatabase database, TestClock clock, FakeLogCollector errors, string? folder, bool isSecond)
    {
        this.application = application;
        this.folder = folder;
        this.isSecond = isSecond;
        Database = database;
        Clock = clock;
        Errors = errors;
        Http = application.GetTestServer().CreateClient();
        Anonymous = new ApiClient(this);
        Master = Anonymous with { Master = MasterSecret };
    }

    /// <summary>The data of a host in memory.</summary>
    internal InMemoryDatabase Database { get; }

    internal TestClock Clock { get; }

    /// <summary>The errors it logged, so that a test that meets a 500 can say what it was.</summary>
    internal FakeLogCollector Errors { get; }

    internal HttpClient Http { get; }

    internal ApiClient Anonymous { get; }

    internal ApiClient Master { get; }

    internal WebApplication Application => application;

    internal DateTimeOffset Now => Clock.GetUtcNow();

    internal KohakuStoreSet Stores => Get<KohakuStoreSet>();

    /// <summary>What the scheduler was told.</summary>
    internal ConcurrentQueue<string> Scheduled => Get<RecordingScheduler.Log>().Calls;

    /// <summary>The links printed at start.</summary>
    internal ConcurrentQueue<string> SetupLinks { get; private init; } = new();

    internal static Task<ApiHost> StartAsync(StoreKind store) => StartAsync(new ApiSetup { Store = store });

    internal static async Task<ApiHost> StartAsync(ApiSetup? setup = null)
    {
        setup ??= new ApiSetup();
        var database = setup.Beside?.Database ?? new InMemoryDatabase();
        var clock = setup.Beside?.Clock ?? new TestClock();
        var errors = FakeLogCollector.Create(new FakeLogCollectorOptions { FilteredLevels = { LogLevel.Error, LogLevel.Critical } });
        var links = new ConcurrentQueue<string>();
        var place = setup.Beside is { } first ? first.folder
            : setup.Store == StoreKind.Sqlite ? Directory.CreateTempSubdirectory("kohaku-api-").FullName
            : null;

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseTestServer();
        builder.Logging.AddProvider(new FakeLoggerProvider(errors)).SetMinimumLevel(LogLevel.Error);
        builder.Services.AddRouting();
        builder.Services.AddSingleton<TimeProvider>(clock);
        if (!setup.RealHashing)
        {
            builder.Services.AddSingleton<IPasswordHasher, CheapPasswordHasher>();
        }

        builder.Services.AddSingleton<RecordingScheduler.Log>();
        var auth = builder.Services.AddKohakuAuth(o =>
        {
            o.AdminSecret = MasterSecret;
            o.AdminRegisterSecret = RegisterSecret;
            o.Passwords.HashingQueueLength = 10_000;
            o.Passwords.WorkFactor = 10;
            setup.Options?.Invoke(o);
        });
        auth = place is null
            ? auth.UseInMemoryStores(database)
            : auth.UseSqlite($"Data Source={Path.Combine(place, "auth.db")}", setup.Sqlite);
        auth.AddAspNetCore(o => o.SetupLinkOutput = links.Enqueue).AddTaskApprovalHandler<RecordingScheduler>();
        setup.Auth?.Invoke(auth);

        var app = builder.Build();
        app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = IPAddress.TryParse(context.Request.Headers[AddressHeader], out var address)
                ? address
                : null;
            return next(context);
        });
        app.UseKohakuAuth();
        app.MapKohakuAuth();
        app.MapKohakuAuthOpenApi();
        setup.Map?.Invoke(app);
        await app.StartAsync();
        return new ApiHost(app, database, clock, errors, place, setup.Beside is not null) { SetupLinks = links };
    }

    /// <summary>A second instance over the same data and clock.</summary>
    internal Task<ApiHost> StartSecondAsync() => StartAsync(new ApiSetup { Beside = this });

    /// <summary>The SQLite file.</summary>
    internal string File => Path.Combine(folder!, "auth.db");

    /// <summary>Everything the SQLite files hold, as text of one byte a character.</summary>
    internal string ReadFiles() =>
        string.Concat(Directory.EnumerateFiles(folder!).Where(f =>
            !f.EndsWith("-shm", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(ReadShared));

    internal T Get<T>()
        where T : notnull => application.Services.GetRequiredService<T>();

    /// <summary>Makes somebody with an account, a session and a token.</summary>
    internal async Task<ApiUser> AddAsync(Role role, string? name = null, params long[] groups)
    {
        name ??= $"{role.ToName()}{Interlocked.Increment(ref people)}";
        var command = new CreateUserCommand { Username = name, Password = Password, Role = role, GroupIds = groups };
        var made = (await Get<IUserService>().CreateAsync(Actor.Host, command)).Require();
        var (cookie, actor) = await LogInAsync(name);
        var token = (await Get<ITokenService>().CreateAsync(actor, new CreateTokenCommand { Name = "first" })).Require();
        return new ApiUser(this, made.User.Id, name, role, Password, cookie, token.Secret.Reveal());
    }

    /// <summary>One more session of somebody.</summary>
    internal async Task<(string Cookie, Actor Actor)> LogInAsync(string name)
    {
        var login = (await Get<ILoginService>().LogInAsync(name, Password, new ClientInfo())).Require();
        var cookie = login.Secret.Reveal();
        return (cookie, (await Get<ICredentialService>().FindSessionActorAsync(cookie, null))!);
    }

    /// <summary>Somebody submits a task that waits for approval (for a user).</summary>
    internal Task SubmitAsync(ApiUser user, string taskId, string command = "echo") =>
        SubmitAsync(user, new TaskSubmission { TaskId = taskId, Command = command, Arguments = ["hello"], RequiredCores = 1 });

    /// <summary>Somebody submits this.</summary>
    internal async Task SubmitAsync(ApiUser user, TaskSubmission task)
    {
        var actor = (await Get<ICredentialService>().FindTokenActorAsync(user.Token, null))!;
        (await Get<IApprovalService>().SubmitAsync(actor, task)).Require();
    }

    private static string ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await application.StopAsync();
        await application.DisposeAsync();
        if (folder is not null && !isSecond)
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
