using KohakuRiver.Auth.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth.AdminPanel.Tests.Hosting;

/// <summary>A host with the panel on a free port of this machine, one user of each role, and a small cluster.</summary>
internal sealed class PanelHost : IAsyncDisposable
{
    internal const string Password = "four sparrows on a wire";
    internal const string MasterSecret = "master-secret-of-the-tests-0123456789";

    private readonly WebApplication app;
    private readonly List<string> setupLinks;

    private PanelHost(WebApplication app, string home, List<string> setupLinks)
    {
        this.app = app;
        this.setupLinks = setupLinks;
        Home = home;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    internal Uri Address { get; }

    /// <summary>The panel's first page, path base included.</summary>
    internal string Home { get; }

    internal string? SetupLink => setupLinks.LastOrDefault();

    internal IServiceProvider Services => app.Services;

    internal FakeCluster Cluster => Get<FakeCluster>();

    internal IReadOnlyList<RouteEndpoint> Endpoints =>
        [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    internal Dictionary<Role, User> Users { get; } = [];

    internal T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    internal static async Task<PanelHost> StartAsync(
        Action<KohakuAuthOptions>? configure = null,
        string prefix = "/admin",
        string pathBase = "",
        bool withCluster = true,
        bool withUsers = true,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? map = null,
        Action<KohakuAuthBuilder>? build = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IPasswordHasher, CheapPasswordHasher>();
        services?.Invoke(builder.Services);
        var links = new List<string>();
        var auth = builder.Services
            .AddKohakuAuth(o =>
            {
                o.AdminSecret = MasterSecret;
                configure?.Invoke(o);
            })
            .UseInMemoryStores()
            .AddAspNetCore(o => o.SetupLinkOutput = links.Add)
            .AddAdminPanel()
            .AddAdminPanel();
        build?.Invoke(auth);
        if (withCluster)
        {
            builder.Services.AddSingleton<FakeCluster>();
            builder.Services.AddScoped<INodeDirectory>(sp => sp.GetRequiredService<FakeCluster>());
            builder.Services.AddScoped<ITaskDirectory>(sp => sp.GetRequiredService<FakeCluster>());
            builder.Services.AddScoped<IVpsDirectory>(sp => sp.GetRequiredService<FakeCluster>());
            builder.Services.AddScoped<IVpsLifecycle>(sp => sp.GetRequiredService<FakeCluster>());
            builder.Services.AddScoped<ITaskApprovalHandler>(sp => sp.GetRequiredService<FakeCluster>());
        }

        var built = builder.Build();
        if (pathBase.Length > 0)
        {
            built.UsePathBase(pathBase);
            built.UseRouting();
        }

        built.UseKohakuAuth();
        built.MapKohakuAuth();
        built.MapKohakuAdminPanel(prefix);
        map?.Invoke(built);
        await built.StartAsync();
        var host = new PanelHost(built, pathBase + prefix, links);
        if (withUsers)
        {
            await host.SeedAsync();
        }

        return host;
    }

    /// <summary>A client that is logged in as the host's user of this role.</summary>
    internal async Task<PanelClient> LogInAsync(Role role)
    {
        var client = new PanelClient(this);
        await client.LogInAsync(Users[role].Username, Password);
        return client;
    }

    internal Actor ActorOf(Role role) => Testing.TestActors.Of(Users[role]);

    internal async Task<User> AddUserAsync(string name, Role role)
    {
        var made = await Get<IUserService>().CreateAsync(
            Actor.Host, new CreateUserCommand { Username = name, Password = Password, Role = role });
        return made.Require().User;
    }

    /// <summary>Submits a task as somebody; gives its id.</summary>
    internal async Task<string> SubmitAsync(Role role, string command, params string[] arguments)
    {
        var request = new TaskRequest { Command = command, Arguments = arguments, Target = "node-a" };
        return (await Cluster.SubmitAsync(ActorOf(role), request, CancellationToken.None)).Require();
    }

    /// <summary>Submits so many tasks as the host's user; gives their ids, oldest first.</summary>
    internal async Task<IReadOnlyList<string>> SubmitManyAsync(int count)
    {
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
        {
            ids.Add(await SubmitAsync(Role.User, "python", "train.py", $"--seed={i}"));
        }

        return ids;
    }

    private async Task SeedAsync()
    {
        foreach (var role in (Role[])[Role.Viewer, Role.User, Role.Operator, Role.Admin])
        {
            Users[role] = await AddUserAsync($"the-{role.ToName()}", role);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Streams that are held open would make the server wait for them.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }
}
