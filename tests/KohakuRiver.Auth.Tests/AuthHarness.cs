using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;
using KohakuRiver.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace KohakuRiver.Auth.Tests;

/// <summary>
/// One host process as far as the core goes: the container as a host makes it, over a database in memory and a clock that
/// stands still. A second harness over the same database and clock is a second instance, or the same after a crash.
/// </summary>
internal sealed class AuthHarness : IDisposable
{
    internal const string Password = "a perfectly fine passphrase";
    internal const string OtherPassword = "quite another good passphrase";
    internal const string Address = "192.0.2.7";

    private readonly ServiceProvider provider;
    private readonly Dictionary<Role, long> people = [];
    private readonly string fastHash = new FastHasher().Hash(Password);

    internal AuthHarness(
        Action<KohakuAuthOptions>? configure = null,
        InMemoryDatabase? database = null,
        TestClock? clock = null,
        bool realHashing = false,
        Action<KohakuAuthBuilder>? build = null)
    {
        Database = database ?? new InMemoryDatabase();
        Clock = clock ?? new TestClock();
        Stores = new InMemoryStoreSet(Database);
        var services = new ServiceCollection();
        services.AddLogging(l => l.ClearProviders().AddProvider(new FakeLoggerProvider(Log)).SetMinimumLevel(LogLevel.Trace));
        services.AddSingleton<TimeProvider>(Clock);
        if (!realHashing)
        {
            services.AddSingleton<IPasswordHasher>(Hasher);
        }

        var builder = services.AddKohakuAuth(o =>
        {
            o.Passwords.WorkFactor = 10;

            // Full queues are tested by themselves; elsewhere everybody gets a turn.
            o.Passwords.HashingQueueLength = 10_000;
            configure?.Invoke(o);
        });
        builder.UseStores(_ => Stores);
        build?.Invoke(builder);
        services.Replace(ServiceDescriptor.Singleton(sp => new HashingQueue(
            realHashing ? 1 : 8,
            sp.GetRequiredService<Microsoft.Extensions.Options.IOptions<KohakuAuthOptions>>().Value.Passwords.HashingQueueLength,
            sp.GetRequiredService<AuthMetrics>(),
            sp.GetRequiredService<TimeProvider>())));
        provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    internal InMemoryDatabase Database { get; }

    internal TestClock Clock { get; }

    internal InMemoryStoreSet Stores { get; }

    internal FastHasher Hasher { get; } = new();

    internal FakeLogCollector Log { get; } = new();

    internal DateTimeOffset Now => Clock.GetInstant();

    internal ILoginService Logins => Get<ILoginService>();

    internal IRegistrationService Registrations => Get<IRegistrationService>();

    internal IAccountService Account => Get<IAccountService>();

    internal IUserService Users => Get<IUserService>();

    internal IUserCredentialService UserCredentials => Get<IUserCredentialService>();

    internal IIdentityService Identities => Get<IIdentityService>();

    internal ITokenService Tokens => Get<ITokenService>();

    internal IGroupService Groups => Get<IGroupService>();

    internal IInvitationService Invitations => Get<IInvitationService>();

    internal IApprovalService Approvals => Get<IApprovalService>();

    internal ApprovalDelivery Delivery => Get<ApprovalDelivery>();

    internal IVpsAccessService Vps => Get<IVpsAccessService>();

    internal IVpsLifecycleService VpsLifecycle => Get<IVpsLifecycleService>();

    internal ISettingsService Settings => Get<ISettingsService>();

    internal IAuditService Audit => Get<IAuditService>();

    internal ICredentialService Credentials => Get<ICredentialService>();

    internal SetupService Setup => Get<SetupService>();

    internal T Get<T>()
        where T : notnull => provider.GetRequiredService<T>();

    /// <summary>A second instance over the same database and clock.</summary>
    internal AuthHarness Second(Action<KohakuAuthOptions>? configure = null, Action<KohakuAuthBuilder>? build = null) =>
        new(configure, Database, Clock, build: build);

    /// <summary>Makes an account straight in the store, with the password <see cref="Password"/>.</summary>
    internal async Task<User> AddUserAsync(Role role, string? username = null, string? passwordHash = null, params long[] groupIds)
    {
        var name = username ?? $"some-{role.ToName()}";
        var user = new NewUser
        {
            Username = name,
            DisplayName = name,
            Role = role,
            PasswordHash = passwordHash ?? fastHash,
            GroupIds = groupIds,
            CreatedAt = Now,
        };
        var made = await Stores.Accounts.TryCreateUserAsync(
            user, AuthorizedWrite.By(Actor.Host, AuditEntries.By(Actor.Host, Now, AuditActions.UserCreate)), CancellationToken.None);
        return made.Value!.User;
    }

    /// <summary>Makes a group straight in the store.</summary>
    internal async Task<long> AddGroupAsync(string name, params (string Key, long Value)[] limits)
    {
        var group = new NewGroup(name, "", 0, limits.ToDictionary(l => l.Key, l => l.Value), Now);
        return (await Stores.Groups.TryCreateAsync(group,
            AuthorizedWrite.By(Actor.Host, AuditEntries.By(Actor.Host, Now, AuditActions.GroupCreate)), CancellationToken.None)).Value!.Id;
    }

    /// <summary>The test actor with a real account of its role behind it, and a real session or token.</summary>
    internal async Task<Actor> RealAsync(Actor actor)
    {
        if (actor.Id is null)
        {
            return actor with { Address = Address };
        }

        if (actor.Role == Role.Anony)
        {
            return await WithoutPermissionAsync(actor.Kind);
        }

        if (!people.TryGetValue(actor.Role, out var id))
        {
            id = (await AddUserAsync(actor.Role, "real-" + actor.Role.ToName())).Id;
            people[actor.Role] = id;
        }

        var session = await LogInAsync("real-" + actor.Role.ToName());
        if (actor.Kind == ActorKind.Session)
        {
            return session;
        }

        var token = (await Tokens.CreateAsync(session, new CreateTokenCommand { Name = "matrix" })).Require();
        return (await Credentials.FindTokenActorAsync(token.Secret.Reveal(), Address))!;
    }

    // Nobody makes a token while they have no permission: the role is taken away afterwards.
    private async Task<Actor> WithoutPermissionAsync(ActorKind kind)
    {
        var name = $"real-anony-by-{kind}";
        var user = await AddUserAsync(Role.Viewer, name);
        var login = (await Logins.LogInAsync(name, Password, new ClientInfo(Address))).Require();
        var session = (await SessionActorAsync(login.Secret))!;
        var token = kind == ActorKind.Token
            ? (await Tokens.CreateAsync(session, new CreateTokenCommand { Name = "matrix" })).Require()
            : null;
        var entry = AuditEntries.By(Actor.Host, Now, AuditActions.UserUpdate);
        var change = new UserChange { Role = Role.Anony };
        await Stores.Accounts.TryUpdateUserAsync(user.Id, change, Now, AuthorizedWrite.By(Actor.Host, entry), CancellationToken.None);
        return (token is null ? await SessionActorAsync(login.Secret) : await TokenActorAsync(token.Secret))!;
    }

    /// <summary>Logs in and resolves the session, as a request would.</summary>
    internal async Task<Actor> LogInAsync(string username, string password = Password)
    {
        var login = (await Logins.LogInAsync(username, password, new ClientInfo(Address))).Require();
        return (await SessionActorAsync(login.Secret))!;
    }

    internal ValueTask<Actor?> SessionActorAsync(SecretText secret) => Credentials.FindSessionActorAsync(secret.Reveal(), Address);

    internal ValueTask<Actor?> TokenActorAsync(SecretText secret) => Credentials.FindTokenActorAsync(secret.Reveal(), Address);

    internal async Task<User> ReadUserAsync(long id) => (await Stores.Users.FindAsync(id, CancellationToken.None))!;

    /// <summary>All audit entries, oldest first.</summary>
    internal async Task<List<AuditEntry>> ReadAuditAsync(string? action = null)
    {
        var entries = new List<AuditEntry>();
        await foreach (var entry in Stores.Audit.StreamAsync(new AuditQuery { Action = action }, CancellationToken.None))
        {
            entries.Insert(0, entry);
        }

        return entries;
    }

    public void Dispose() => provider.Dispose();
}
