using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Threading.Channels;
using KohakuRiver.Auth.Stores;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore.Tests.Gates;

/// <summary>Who is acting where no request is there to say: hubs over each transport, circuits, and work that a request began.</summary>
public sealed class ActorAccessorTests
{
    private const string Nobody = "_anonymous anony";

    private static readonly HostSetup Setup = new()
    {
        OnSockets = true,
        Services = services =>
        {
            services.AddSingleton<Kept>().AddSignalR(o => o.EnableDetailedErrors = true).AddKohakuHubFilter();
            services.AddRazorComponents().AddInteractiveServerComponents();
        },
        Map = app =>
        {
            app.MapHub<WhoHub>("/open");
            app.MapHub<WhoHub>("/any").AllowAnyActor();
            app.MapHub<WhoHub>("/gated").RequireKohakuRole(Role.Viewer);
            app.MapHub<WhoHub>("/everybody").WithMetadata(new AllowAnonymousAttribute());
            app.MapHub<ActorHub>("/by-constructor");
            app.MapHub<NotingHub>("/noted");
            app.MapGet("/keep", (HttpContext http, Actor actor, Kept kept) => (kept.User, kept.Actor) = (http.User, actor)).AllowAnyActor();
            app.MapGet("/request", async (IActorAccessor actors, Actor actor, HttpContext http) =>
                $"{ReferenceEquals(await actors.GetAsync(), actor)} {await ShowAsync(actors.FromAsync(http.User))}").AllowAnyActor();
        },
    };

    public static TheoryData<HttpTransportType> Transports =>
        [HttpTransportType.WebSockets, HttpTransportType.ServerSentEvents, HttpTransportType.LongPolling];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Hub_AskedByEachCaller_KnowsWhoOpenedTheConnection(HttpTransportType transport)
    {
        foreach (var besideAnother in new[] { false, true })
        {
            await using var host = await TestHost.StartAsync(besideAnother ? BesideImitation() : Setup);
            foreach (var role in new[] { Role.Viewer, Role.Admin })
            {
                var person = await host.AddAsync(role);
                foreach (var path in new[] { "/open", "/any", "/gated", "/everybody" })
                {
                    foreach (var credential in new[] { person.CookieHeader, person.BearerHeader })
                    {
                        await using var hub = await HubClient.ConnectAsync(host, path, transport, credential);
                        Assert.Equal($"{person.Name} {role.ToName()}", await hub.AskAsync(nameof(WhoHub.Who)));
                        if (path is "/any" or "/gated" || !besideAnother)
                        {
                            Assert.Equal($"{person.Name} {role.ToName()}", await hub.AskAsync(nameof(WhoHub.WhoIsUser)));
                        }
                    }
                }
            }

            foreach (var path in new[] { "/open", "/any" })
            {
                await using var hub = await HubClient.ConnectAsync(host, path, transport, credential: null);
                Assert.Equal(Nobody, await hub.AskAsync(nameof(WhoHub.Who)));
                Assert.Equal(Nobody, await hub.AskAsync(nameof(WhoHub.WhoIsUser)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Hub_WhoseOpenerWasDemoted_SeesTheRoleOfNow(HttpTransportType transport)
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.User);
        await using var hub = await HubClient.ConnectAsync(host, "/any", transport, person.CookieHeader);

        await host.ChangeAsync(new UpdateUserCommand { Id = person.Id, Role = Role.Operator });

        Assert.Equal($"{person.Name} operator", await hub.AskAsync(nameof(WhoHub.Who)));
        Assert.Equal($"{person.Name} operator", await hub.AskAsync(nameof(WhoHub.WhoIsUser)));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Hub_OpenedWithABadCredential_IsNobodysUnlessItIsForEverybody(HttpTransportType transport)
    {
        await using var host = await TestHost.StartAsync(Setup);
        var bad = ("Authorization", "Bearer krt_nonsense");

        await using var open = await HubClient.ConnectAsync(host, "/open", transport, bad);
        var refused = await Assert.ThrowsAsync<HubException>(() => open.AskAsync(nameof(WhoHub.Who)));
        Assert.Contains(HttpRefusals.BadCredential.Message, refused.Message, StringComparison.Ordinal);

        await using var everybody = await HubClient.ConnectAsync(host, "/everybody", transport, bad);
        Assert.Equal(Nobody, await everybody.AskAsync(nameof(WhoHub.Who)));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Hub_OfACallerWithOurClaimsFromAnotherScheme_KnowsNobody(HttpTransportType transport)
    {
        await using var host = await TestHost.StartAsync(BesideImitation());
        var admin = await host.AddAsync(Role.Admin);
        var imitated = (Imitation.Header, admin.Id.ToString(CultureInfo.InvariantCulture));

        foreach (var path in new[] { "/open", "/any", "/everybody" })
        {
            await using var hub = await HubClient.ConnectAsync(host, path, transport, imitated);
            Assert.Equal(Nobody, await hub.AskAsync(nameof(WhoHub.Who)));
            Assert.Equal(Nobody, await hub.AskAsync(nameof(WhoHub.WhoIsUser)));
        }
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Hub_WhenAConnectionComesAndGoes_KnowsWhoseItIs(HttpTransportType transport)
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);
        var kept = host.Get<Kept>();
        await using (await HubClient.ConnectAsync(host, "/noted", transport, person.CookieHeader))
        {
            Assert.Equal($"came: {person.Name} viewer", await kept.NextAsync());
        }

        Assert.Equal($"went: {person.Name} viewer", await kept.NextAsync());
    }

    [Fact]
    public async Task Request_AskedForItsActor_GivesTheOneThatIsInjected()
    {
        await using var host = await TestHost.StartAsync(Setup with { OnSockets = false });
        var person = await host.AddAsync(Role.Operator);

        Assert.Equal($"True {person.Name} operator", (await host.GetAsync("/request", person.CookieHeader)).Body);
        Assert.Equal($"True {Nobody}", (await host.GetAsync("/request")).Body);
        Assert.Equal(401, (await host.GetAsync("/request", ("Authorization", "Bearer krt_nonsense"))).Status);
    }

    [Fact]
    public async Task Circuit_OfEachCaller_KnowsWhoOpenedItAsTheyAreNow()
    {
        await using var host = await TestHost.StartAsync(Setup with { OnSockets = false });
        Assert.Equal(Nobody, await AskCircuitAsync(host, (await KeepAsync(host)).User!));
        await host.AddAsync(Role.Admin);
        foreach (var isSession in new[] { true, false })
        {
            var person = await host.AddAsync(Role.Admin);
            var user = (await KeepAsync(host, isSession ? person.CookieHeader : person.BearerHeader)).User!;
            Assert.Equal($"{person.Name} admin", await AskCircuitAsync(host, user));
            Assert.Equal($"{person.Name} admin", await AskCircuitAsync(host, new([new ClaimsIdentity("Other"), .. user.Identities])));

            await host.ChangeAsync(new UpdateUserCommand { Id = person.Id, Role = Role.Viewer });
            Assert.Equal($"{person.Name} viewer", await AskCircuitAsync(host, user));

            await host.DeleteAsync(person);
            Assert.Equal(Nobody, await AskCircuitAsync(host, user));
        }
    }

    [Fact]
    public async Task Principal_ThatCopiesAnAdminsClaims_IsNobody()
    {
        await using var host = await TestHost.StartAsync(Setup with { OnSockets = false });
        var user = (await KeepAsync(host, (await host.AddAsync(Role.Admin)).CookieHeader)).User!;
        var ours = Assert.Single(user.Identities);

        // As a cookie of the host's, a JWT, or a transformation of claims makes it: everything that can be copied is.
        foreach (var copy in new[]
        {
            new ClaimsIdentity(ours.Claims, ours.AuthenticationType, ours.NameClaimType, ours.RoleClaimType),
            new ClaimsIdentity(ours),
            new ClaimsIdentity(ours, ours.Claims, ours.AuthenticationType, ours.NameClaimType, ours.RoleClaimType) { Actor = ours },
            Reread(ours),
        })
        {
            Assert.Equal(Nobody, await AskCircuitAsync(host, new ClaimsPrincipal(copy)));
            await using var scope = host.Services.CreateAsyncScope();
            var allowed = await scope.ServiceProvider.GetRequiredService<IAuthorizationService>()
                .AuthorizeAsync(new ClaimsPrincipal(copy), null, PermissionNames.ManageUsers);
            Assert.False(allowed.Succeeded);
        }
    }

    [Fact]
    public async Task Work_ThatARequestBegan_ActsAsItsCallerUntilTheirCredentialEnds()
    {
        await using var host = await TestHost.StartAsync(Setup with { OnSockets = false });
        await host.AddAsync(Role.Admin);
        var person = await host.AddAsync(Role.Admin);
        var kept = await KeepAsync(host, person.CookieHeader);
        Assert.Equal(person.Name, kept.Actor!.Username);

        Assert.Null(await CreateAsync("one"));
        Assert.Equal($"{person.Name} admin", await ShowKeptAsync());

        await host.ChangeAsync(new UpdateUserCommand { Id = person.Id, Role = Role.User });
        Assert.Equal(RefusalKind.Forbidden, await CreateAsync("two"));
        Assert.Equal($"{person.Name} user", await ShowKeptAsync());

        await host.DeleteAsync(person);
        Assert.Equal(RefusalKind.Unauthenticated, await CreateAsync("three"));
        Assert.Equal(Nobody, await ShowKeptAsync());

        async Task<RefusalKind?> CreateAsync(string name)
        {
            await using var scope = host.Services.CreateAsyncScope();
            var made = await scope.ServiceProvider.GetRequiredService<IUserService>().CreateAsync(
                kept.Actor!, new CreateUserCommand { Username = name, Password = TestHost.Password, Role = Role.Viewer });
            return made.Refusal?.Kind;
        }

        async Task<string> ShowKeptAsync()
        {
            await using var scope = host.Services.CreateAsyncScope();
            return await ShowAsync(scope.ServiceProvider.GetRequiredService<IActorAccessor>().FromAsync(kept.User));
        }
    }

    [Fact]
    public async Task Actor_WhereThereIsNone_SaysWhatToTakeAndNeverTheHostItself()
    {
        await using var host = await TestHost.StartAsync(Setup);
        await using (var scope = host.Services.CreateAsyncScope())
        {
            AssertHelps(Assert.Throws<InvalidOperationException>(() => scope.ServiceProvider.GetRequiredService<Actor>()).Message);
            var asked = scope.ServiceProvider.GetRequiredService<IActorAccessor>().GetAsync();
            AssertHelps((await Assert.ThrowsAsync<InvalidOperationException>(async () => await asked)).Message);
        }

        var person = await host.AddAsync(Role.Admin);
        await using var open = await HubClient.ConnectAsync(host, "/open", HttpTransportType.WebSockets, person.CookieHeader);
        AssertHelps((await Assert.ThrowsAsync<HubException>(() => open.AskAsync(nameof(WhoHub.Injected)))).Message);
        await using var other = await HubClient.ConnectAsync(host, "/by-constructor", HttpTransportType.WebSockets, person.CookieHeader);
        await other.Closed.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        AssertHelps(host.Logs.GetSnapshot().Select(r => r.Exception).OfType<InvalidOperationException>().Last().Message);
    }

    [Fact]
    public async Task Hub_WithoutTheFilter_IsToldWhatIsMissing()
    {
        await using var host = await TestHost.StartAsync(Setup with
        {
            Services = services => services.AddSignalR(o => o.EnableDetailedErrors = true),
            Map = app => app.MapHub<WhoHub>("/open"),
        });
        var person = await host.AddAsync(Role.Viewer);
        await using var hub = await HubClient.ConnectAsync(host, "/open", HttpTransportType.WebSockets, person.CookieHeader);

        AssertHelps((await Assert.ThrowsAsync<HubException>(() => hub.AskAsync(nameof(WhoHub.Who)))).Message);
        Assert.Equal($"{person.Name} viewer", await hub.AskAsync(nameof(WhoHub.WhoIsUser)));
    }

    private static void AssertHelps(string message)
    {
        Assert.Contains("AddKohakuHubFilter()", message, StringComparison.Ordinal);
        Assert.Contains("IActorAccessor", message, StringComparison.Ordinal);
        Assert.Contains("as an argument", message, StringComparison.Ordinal);
        Assert.DoesNotContain("Actor.Host", message, StringComparison.Ordinal);
    }

    private static HostSetup BesideImitation() => Setup with
    {
        Services = services =>
        {
            Setup.Services!(services);
            services.AddAuthentication("Imitation").AddScheme<AuthenticationSchemeOptions, Imitation>("Imitation", null);
        },
    };

    private static async Task<string> ShowAsync(ValueTask<Actor> asked)
    {
        var actor = await asked;
        return $"{actor.Username} {actor.Role.ToName()}";
    }

    private static async Task<Kept> KeepAsync(TestHost host, params (string, string)[] credential)
    {
        Assert.Equal(200, (await host.GetAsync("/keep", credential)).Status);
        return host.Get<Kept>();
    }

    // What the framework does when a circuit is opened: a scope of its own, and the user of the connection.
    private static async Task<string> AskCircuitAsync(TestHost host, ClaimsPrincipal user)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var provider = scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        Assert.IsType<ServerAuthenticationStateProvider>(provider)
            .SetAuthenticationState(Task.FromResult(new AuthenticationState(user)));
        return await ShowAsync(scope.ServiceProvider.GetRequiredService<IActorAccessor>().GetAsync());
    }

    private static ClaimsIdentity Reread(ClaimsIdentity identity)
    {
        var written = new MemoryStream();
        using (var writer = new BinaryWriter(written, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            identity.WriteTo(writer);
        }

        written.Position = 0;
        using var reader = new BinaryReader(written);
        return new ClaimsIdentity(reader);
    }

    private sealed class Kept
    {
        internal ClaimsPrincipal? User { get; set; }

        internal Actor? Actor { get; set; }

        internal Channel<string> Notes { get; } = Channel.CreateUnbounded<string>();

        internal Task<string> NextAsync() => Notes.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask()
            .WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
    }

    private sealed class NotingHub(IActorAccessor actors, Kept kept) : Hub
    {
        public override async Task OnConnectedAsync() => kept.Notes.Writer.TryWrite("came: " + await ShowAsync(actors.GetAsync()));

        public override async Task OnDisconnectedAsync(Exception? exception) =>
            kept.Notes.Writer.TryWrite("went: " + await ShowAsync(actors.GetAsync()));
    }

    internal sealed class WhoHub(IActorAccessor actors) : Hub
    {
        public Task<string> Who() => ShowAsync(actors.GetAsync(Context.ConnectionAborted));

        public Task<string> WhoIsUser() => ShowAsync(actors.FromAsync(Context.User, Context.ConnectionAborted));

        public string Injected(Actor actor) => $"{actor.Username} {Context.ConnectionId}";
    }

    internal sealed class ActorHub(Actor actor) : Hub
    {
        public string Who() => $"{actor.Username} {Context.ConnectionId}";
    }

    /// <summary>Another scheme whose users have exactly our claims, those of the admin whose id was sent.</summary>
    private sealed class Imitation(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        internal const string Header = "Imitated-Admin";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers[Header] is not [{ } id])
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            var identity = new ClaimsIdentity(
                [
                    new(ClaimTypes.NameIdentifier, id), new(ClaimTypes.Name, "admin1"), new(ClaimTypes.Role, "admin"),
                    new(KohakuAuthDefaults.KindClaim, "session"),
                ],
                KohakuAuthDefaults.Scheme);
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
        }
    }
}
