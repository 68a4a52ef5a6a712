using KohakuRiver.Auth.Stores;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AspNetCore.Tests.Gates;

/// <summary>Connections of any kind that are watched: what ends them, what does not, and what asking costs.</summary>
public sealed class WatchTests
{
    [Theory]
    [InlineData("delete", "/operators", true)]
    [InlineData("disable", "/operators", true)]
    [InlineData("log out", "/operators", true)]
    [InlineData("end the token", "/operators", false)]
    [InlineData("demote below the gate", "/operators", true)]
    [InlineData("demote within the gate", "/viewers", true)]
    [InlineData("hold", "/viewers", true)]
    [InlineData("hold", "/viewers", false)]
    [InlineData("take the vps away", "/vps/one", true)]
    [InlineData("expire", "/viewers", true)]
    public async Task Watch_OfAnActorWhoLosesWhatTheyWereLetInFor_Ends(string how, string path, bool byCookie)
    {
        await using var host = await TestHost.StartAsync(Setup());
        await host.AddAsync(Role.Admin);
        var person = await host.AddAsync(path == "/vps/one" ? Role.User : Role.Operator);
        var access = host.Services.GetRequiredService<IVpsAccessService>();
        await access.AssignAsync(Actor.Host, "one", [person.Id], []);
        var held = await HoldAsync(host, path, byCookie ? person.CookieHeader : person.BearerHeader);
        await RoundAsync(host);
        Assert.False(held.Watch.Ended.IsCancellationRequested);
        Assert.True(await held.IsCurrentAsync());

        switch (how)
        {
            case "delete":
                await host.DeleteAsync(person);
                break;
            case "disable":
                await host.ChangeAsync(new UpdateUserCommand { Id = person.Id, IsActive = false });
                break;
            case "log out":
                await host.Services.GetRequiredService<ILoginService>().LogOutAsync(held.Actor);
                break;
            case "end the token":
                var tokens = host.Services.GetRequiredService<ITokenService>();
                Assert.True((await tokens.RevokeAsync(Actor.Host, held.Actor.CredentialId!.Value)).IsSuccess);
                break;
            case "demote below the gate" or "demote within the gate":
                await host.ChangeAsync(new UpdateUserCommand { Id = person.Id, Role = Role.Viewer });
                break;
            case "hold":
                await host.ChangeAsync(new UpdateUserCommand { Id = person.Id, MustChangePassword = true });
                break;
            case "take the vps away":
                await access.UnassignUserAsync(Actor.Host, "one", person.Id);
                break;
            default:
                host.Clock.Advance(TimeSpan.FromHours(24));
                break;
        }

        // The clock that passes the end of the session has also passed a round, which closes the request.
        Assert.False(how != "expire" && await held.IsCurrentAsync());
        await RoundAsync(host);
        await held.EndedAsync();
        Assert.Equal(0, host.Services.GetRequiredService<ActorWatches>().Count);
    }

    [Fact]
    [Trait("Requirement", "S7")]
    public async Task Watch_WithTheClockAlone_EndsWithinTheInterval()
    {
        await using var host = await TestHost.StartAsync(Setup());
        var person = await host.AddAsync(Role.Operator);
        var held = await HoldAsync(host, "/operators", person.CookieHeader);
        await host.DeleteAsync(person);

        host.Clock.Advance(TimeSpan.FromSeconds(5));

        await held.EndedAsync();
    }

    [Fact]
    public async Task Watch_OfAPromotedOrUnchangedActor_GoesOn()
    {
        await using var host = await TestHost.StartAsync(Setup());
        var person = await host.AddAsync(Role.Operator);
        var held = await HoldAsync(host, "/operators", person.CookieHeader);
        await host.ChangeAsync(new UpdateUserCommand { Id = person.Id, Role = Role.Admin });
        await host.ChangeAsync(new UpdateUserCommand { Id = person.Id, DisplayName = "Another" });

        await RoundAsync(host);

        Assert.True(await held.IsCurrentAsync());
        Assert.False(held.Watch.Ended.IsCancellationRequested);
    }

    [Fact]
    public async Task Watch_WithoutADatabase_EndsAfterAMinute()
    {
        await using var host = await TestHost.StartAsync(Setup());
        var held = await HoldAsync(host, "/operators", (await host.AddAsync(Role.Operator)).CookieHeader);
        await RoundAsync(host);
        host.Database.IsDown = true;
        host.Clock.Advance(TimeSpan.FromSeconds(59));
        await RoundAsync(host);
        Assert.False(held.Watch.Ended.IsCancellationRequested);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await held.IsCurrentAsync());

        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await RoundAsync(host);

        await held.EndedAsync();
    }

    [Fact]
    public async Task Watch_AfterAShortOutage_CountsItsMinuteAnew()
    {
        await using var host = await TestHost.StartAsync(Setup());
        var held = await HoldAsync(host, "/operators", (await host.AddAsync(Role.Operator)).CookieHeader);
        for (var i = 0; i < 3; i++)
        {
            host.Database.IsDown = true;
            host.Clock.Advance(TimeSpan.FromSeconds(55));
            await RoundAsync(host);
            host.Database.IsDown = false;
            await RoundAsync(host);
        }

        Assert.False(held.Watch.Ended.IsCancellationRequested);
    }

    [Fact]
    public async Task Watches_ManyOfThem_AskOnceWhatWasTouched()
    {
        CountingStoreSet? stores = null;
        await using var host = await TestHost.StartAsync(Setup() with { Stores = inner => stores = new CountingStoreSet(inner) });
        var all = new List<Held>();
        for (var i = 0; i < 20; i++)
        {
            all.Add(await HoldAsync(host, "/operators", (await host.AddAsync(Role.Operator)).CookieHeader));
        }

        await RoundAsync(host);
        var before = stores!.Reads;
        await RoundAsync(host);

        Assert.Equal(1, stores.Reads - before);
        Assert.All(all, h => Assert.False(h.Watch.Ended.IsCancellationRequested));
        all.ForEach(h => h.Watch.Dispose());
        before = stores.Reads;
        await RoundAsync(host);
        Assert.Equal(before, stores.Reads);
    }

    [Fact]
    public async Task Watch_OneThatFailsOnItsEnd_DoesNotKeepTheOthersOpen()
    {
        await using var host = await TestHost.StartAsync(Setup());
        var person = await host.AddAsync(Role.Operator);
        var failing = await HoldAsync(host, "/operators", person.CookieHeader);
        var other = await HoldAsync(host, "/operators", person.CookieHeader);
        failing.Watch.Ended.Register(() => throw new InvalidOperationException("I will not end."));
        await host.DeleteAsync(person);

        await RoundAsync(host);

        await failing.EndedAsync();
        await other.EndedAsync();
    }

    [Fact]
    public async Task Watch_DisposedOf_NeverEnds()
    {
        await using var host = await TestHost.StartAsync(Setup());
        var person = await host.AddAsync(Role.Operator);
        var held = await HoldAsync(host, "/operators", person.CookieHeader);
        held.Watch.Dispose();
        held.Watch.Dispose();
        await host.DeleteAsync(person);

        await RoundAsync(host);

        Assert.False(held.Watch.Ended.IsCancellationRequested);
    }

    [Fact]
    public async Task Watch_OfNobodyAndOfTheMasterSecret_GoesOn()
    {
        await using var host = await TestHost.StartAsync(Setup());
        foreach (var held in new[]
        {
            await HoldAsync(host, "/any"),
            await HoldAsync(host, "/operators", ("X-Admin-Token", TestHost.MasterSecret)),
        })
        {
            await RoundAsync(host);
            Assert.True(await held.IsCurrentAsync());
            Assert.False(held.Watch.Ended.IsCancellationRequested);
        }
    }

    [Fact]
    public async Task Watch_HeldOpen_IsNoActivity()
    {
        await using var host = await TestHost.StartAsync(Setup());
        var person = await host.AddAsync(Role.Operator);
        var held = await HoldAsync(host, "/operators", person.CookieHeader);
        host.Clock.Advance(TimeSpan.FromHours(7));
        await RoundAsync(host);
        Assert.True(await held.IsCurrentAsync());
        await host.Services.GetRequiredService<ICredentialService>().WriteUsesAsync();

        host.Clock.Advance(TimeSpan.FromHours(1));
        await RoundAsync(host);

        await held.EndedAsync();
    }

    [Fact]
    public async Task Watch_WithoutUseKohakuAuth_NamesTheMissingCall()
    {
        await using var host = await TestHost.StartAsync(Setup() with { IsUnchecked = true, Pipeline = _ => { } });

        var thrown = Assert.Throws<InvalidOperationException>(() =>
            host.Services.GetRequiredService<IActorRecheck>().Watch(new DefaultHttpContext { RequestServices = host.Services }));

        Assert.Contains("UseKohakuAuth()", thrown.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ticket_SaysWhenItsCredentialEnds(bool transformed)
    {
        DateTimeOffset? expires = null;
        await using var host = await TestHost.StartAsync(Setup() with
        {
            Services = services => _ = !transformed
                ? services.AddSingleton<Held.List>()
                : services.AddSingleton<Held.List>().AddTransient<IClaimsTransformation, Unchanged>(),
            Map = app => app.MapGet("/", (HttpContext http) =>
            {
                expires = http.Features.Get<IAuthenticateResultFeature>()!.AuthenticateResult!.Properties!.ExpiresUtc;
            }).RequireKohakuRole(Role.Viewer),
        });
        var person = await host.AddAsync(Role.Viewer);

        await host.GetAsync("/", person.CookieHeader);
        Assert.Equal(host.Clock.GetUtcNow().AddHours(24), expires);
        await host.GetAsync("/", person.BearerHeader);
        Assert.Null(expires);
    }

    private static Task RoundAsync(TestHost host) => host.Services.GetRequiredService<ActorWatches>().AskAsync(CancellationToken.None);

    private static async Task<Held> HoldAsync(TestHost host, string path, params (string, string)[] credential)
    {
        _ = host.GetAsync(path, credential);
        return await host.Services.GetRequiredService<Held.List>().NextAsync();
    }

    private static HostSetup Setup() => new()
    {
        Services = services => services.AddSingleton<Held.List>(),
        Map = app =>
        {
            app.MapGet("/operators", Held.HoldAsync).RequirePermission(Permissions.ApproveTasks);
            app.MapGet("/viewers", Held.HoldAsync).RequireKohakuRole(Role.Viewer);
            app.MapGet("/vps/{vps_id}", Held.HoldAsync).RequireVpsAccess();
            app.MapGet("/any", Held.HoldAsync).AllowAnyActor();
        },
    };

    private sealed class Unchanged : IClaimsTransformation
    {
        public Task<System.Security.Claims.ClaimsPrincipal> TransformAsync(System.Security.Claims.ClaimsPrincipal principal) =>
            Task.FromResult(principal);
    }

    /// <summary>A connection that is held open until its watch ends.</summary>
    private sealed record Held(HttpContext Context, ActorWatch Watch, Actor Actor)
    {
        internal static async Task HoldAsync(HttpContext http, IActorRecheck recheck, Actor actor, List list)
        {
            var watch = recheck.Watch(http);
            list.Add(new Held(http, watch, actor));
            var ended = new TaskCompletionSource();
            using var registration = watch.Ended.Register(ended.SetResult);
            using var aborted = http.RequestAborted.Register(() => ended.TrySetResult());
            await ended.Task;
        }

        internal ValueTask<bool> IsCurrentAsync() => Context.RequestServices.GetRequiredService<IActorRecheck>().IsCurrentAsync(Context);

        /// <summary>Done when the watch has ended.</summary>
        internal async Task EndedAsync()
        {
            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var registration = Watch.Ended.Register(() => ended.TrySetResult());
            await ended.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        }

        internal sealed class List
        {
            private readonly System.Threading.Channels.Channel<Held> all = System.Threading.Channels.Channel.CreateUnbounded<Held>();

            internal void Add(Held held) => all.Writer.TryWrite(held);

            internal async Task<Held> NextAsync()
            {
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
                return await all.Reader.ReadAsync(limit.Token);
            }
        }
    }
}
