using KohakuRiver.Auth.Benchmarks.Processes;
using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Benchmarks.Suites;

/// <summary>One user of a database in SQLite, with a session and tokens.</summary>
internal sealed class AuthWorld : IAsyncDisposable
{
    internal const string Address = "127.0.0.1";
    private const string Password = "correct horse battery staple";

    private readonly TempFolder folder = new();
    private readonly ServiceProvider provider;
    private Actor? actor;

    private AuthWorld()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddKohakuAuth(o => o.Limits.TokensPerUser = 100_000).UseSqlite($"Data Source={folder.File("auth.db")}");
        provider = services.BuildServiceProvider();
        Credentials = provider.GetRequiredService<ICredentialService>();
    }

    internal ICredentialService Credentials { get; }

    internal IChangeEpoch Changes => provider.GetRequiredService<KohakuStoreSet>().Changes!;

    internal string Session { get; private set; } = "";

    internal string Token { get; private set; } = "";

    internal static async Task<AuthWorld> CreateAsync()
    {
        var world = new AuthWorld();
        await world.provider.GetRequiredService<KohakuStoreSet>().InitializeAsync(CancellationToken.None);
        await world.provider.GetRequiredService<IUserService>().CreateAsync(
            Actor.Host, new CreateUserCommand { Username = "worker", Password = Password, Role = Role.User });
        var login = await world.provider.GetRequiredService<ILoginService>().LogInAsync("worker", Password, new ClientInfo());
        world.Session = login.Require().Secret.Reveal();
        world.actor = await world.Credentials.FindSessionActorAsync(world.Session, null);
        world.Token = await world.NewTokenAsync();
        return world;
    }

    /// <summary>A token that nobody has used yet.</summary>
    internal async Task<string> NewTokenAsync() =>
        (await provider.GetRequiredService<ITokenService>().CreateAsync(actor!, new CreateTokenCommand { Name = "one more" }))
            .Require().Secret
            .Reveal();

    /// <summary>Checks a token as a request does.</summary>
    internal async ValueTask<Actor> CheckTokenAsync(string token) => Accepted(await Credentials.FindTokenActorAsync(token, Address));

    /// <summary>Checks a session as a request does.</summary>
    internal async ValueTask<Actor> CheckSessionAsync(string session) =>
        Accepted(await Credentials.FindSessionActorAsync(session, Address));

    public async ValueTask DisposeAsync()
    {
        await provider.DisposeAsync();
        folder.Dispose();
    }

    private static Actor Accepted(Actor? found) => found ?? throw new InvalidOperationException("The credential was refused.");
}
