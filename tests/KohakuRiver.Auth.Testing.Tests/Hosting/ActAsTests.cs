using System.Net.Http.Headers;
using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Testing.Tests.Hosting;

public sealed class ActAsTests
{
    [Theory]
    [InlineData(Role.Anony, "_anonymous anony Anonymous []", 401)]
    [InlineData(Role.Viewer, "viewer viewer Token []", 403)]
    [InlineData(Role.User, "user user Token []", 200)]
    [InlineData(Role.Operator, "operator operator Token []", 200)]
    [InlineData(Role.Admin, "admin admin Token []", 200)]
    public async Task ActAs_ARole_GoesThroughTheWholePipeline(Role role, string who, int work)
    {
        await using var host = await SmallHost.StartAsync();
        using var client = host.Client().ActAs(role);

        Assert.Equal(who, await SmallHost.WhoAsync(client));
        Assert.Equal(work, await SmallHost.WorkAsync(client));
    }

    [Fact]
    public async Task ActAs_EachActorThatRequestsMake_IsThatActor()
    {
        await using var host = await SmallHost.StartAsync();
        foreach (var actor in TestActors.All.Where(a => a.Kind is not (ActorKind.AuthOff or ActorKind.System)))
        {
            using var client = host.Client().ActAs(actor);
            Assert.Equal($"{actor.Username} {actor.Role.ToName()} {actor.Kind} []", await SmallHost.WhoAsync(client));
        }
    }

    [Fact]
    public async Task ActAs_ActorsThatNoRequestMakes_SaysSo()
    {
        await using var host = await SmallHost.StartAsync();
        using var client = host.Client();

        Assert.Throws<ArgumentException>(() => client.ActAs(TestActors.Host()));
        Assert.Throws<ArgumentException>(() => client.ActAs(TestActors.AuthOff()));
    }

    [Fact]
    public async Task ActAs_AnonyWithDetails_IsAnAccountWithoutPermission()
    {
        await using var host = await SmallHost.StartAsync();
        using var client = host.Client().ActAs(Role.Anony, "mallory");

        Assert.Equal("mallory anony Token []", await SmallHost.WhoAsync(client));
        Assert.Equal(403, await SmallHost.WorkAsync(client));
        Assert.Equal(Role.Anony, (await host.Services.AddTestUserAsync(Role.Anony, "mallory")).Role);
        Assert.Equal("anony", (await host.Services.AddTestUserAsync(Role.Anony)).Username);
    }

    [Fact]
    public async Task ActAs_WithGroups_FindsOrMakesThem()
    {
        await using var host = await SmallHost.StartAsync();
        using var first = host.Client().ActAs(Role.User, "ada", groups: ["Lab", "Night"]);
        using var second = host.Client().ActAs(Role.User, "ben", groups: ["lab"]);
        using var third = host.Client().ActAs(TestActors.Of(Role.User, username: "cyd", groupIds: [2]));

        Assert.Equal("ada user Token [1,2]", await SmallHost.WhoAsync(first));
        Assert.Equal("ben user Token [1]", await SmallHost.WhoAsync(second));
        Assert.Equal("cyd user Session [2]", await SmallHost.WhoAsync(third));
    }

    [Fact]
    public async Task ActAs_WithVps_MayUseThem()
    {
        await using var host = await SmallHost.StartAsync();
        using var client = host.Client().ActAs(Role.User, "ada", vps: ["vps-1"]);
        await SmallHost.WhoAsync(client);

        var ada = await host.Services.AddTestUserAsync(Role.User, "ada");
        var access = host.Services.GetRequiredService<IVpsAccessService>();
        Assert.True((await access.CanUseAsync(TestActors.Of(ada), "vps-1")).IsAllowed);
        Assert.False((await access.CanUseAsync(TestActors.Of(ada), "vps-2")).IsAllowed);
    }

    [Fact]
    public async Task ActAs_Again_ChangesWhoTheClientIs()
    {
        await using var host = await SmallHost.StartAsync();
        using var client = host.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "krt_nobodys");
        client.DefaultRequestHeaders.Add("Cookie", "other=1; kohakuriver_session=krs_nobodys");
        client.DefaultRequestHeaders.Add("X-Admin-Token", "a wrong master secret of somebody else");

        Assert.Equal("operator operator Token []", await SmallHost.WhoAsync(client.ActAs(Role.Operator)));
        Assert.Equal("viewer viewer Session []", await SmallHost.WhoAsync(client.ActAs(TestActors.Viewer())));
        Assert.Equal("_system admin MasterSecret []", await SmallHost.WhoAsync(client.ActAs(TestActors.MasterSecret())));

        client.DefaultRequestHeaders.Clear();
        Assert.Equal("_anonymous anony Anonymous []", await SmallHost.WhoAsync(client.ActAs(Role.Anony)));
    }

    [Fact]
    public async Task ActAs_ManyAtOnce_IsOneAccount()
    {
        await using var host = await SmallHost.StartAsync();
        using var client = host.Client().ActAs(Role.User);
        var seen = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => SmallHost.WhoAsync(client))));

        Assert.All(seen, who => Assert.Equal("user user Token []", who));
        Assert.Equal(1, (await host.Services.GetRequiredService<ITokenStore>().ListAsync(null, new PageRequest(100), default)).Total);
    }

    [Fact]
    public async Task ActAs_DisabledDemotedOrRevokedMeanwhile_IsRefusedLikeAnybody()
    {
        await using var host = await SmallHost.StartAsync();
        var users = host.Services.GetRequiredService<IUserService>();
        using var disabled = host.Client().ActAs(Role.User, "disabled");
        using var demoted = host.Client().ActAs(Role.User, "demoted");
        using var revoked = host.Client().ActAs(Role.User, "revoked");
        foreach (var client in (HttpClient[])[disabled, demoted, revoked])
        {
            Assert.Equal(200, await SmallHost.WorkAsync(client));
        }

        var id = async (string name) => (await host.Services.AddTestUserAsync(Role.User, name)).Id;
        (await users.UpdateAsync(TestActors.Admin(), new UpdateUserCommand { Id = await id("disabled"), IsActive = false })).Require();
        (await users.UpdateAsync(TestActors.Admin(), new UpdateUserCommand { Id = await id("demoted"), Role = Role.Viewer })).Require();
        var token = Assert.Single(
            (await host.Services.GetRequiredService<ITokenStore>().ListAsync(await id("revoked"), new PageRequest(9), default)).Items);
        (await host.Services.GetRequiredService<ITokenService>().RevokeAsync(TestActors.Admin(), token.Id)).Require();

        Assert.Equal(401, await SmallHost.WorkAsync(disabled));
        Assert.Equal(403, await SmallHost.WorkAsync(demoted));
        Assert.Equal(401, await SmallHost.WorkAsync(revoked));
    }

    [Fact]
    public async Task ActAs_WhileTimePasses_ATokenLivesAndASessionEnds()
    {
        await using var host = await SmallHost.StartAsync();
        using var byToken = host.Client().ActAs(Role.User);
        using var bySession = host.Client().ActAs(TestActors.Operator());
        using var shortToken = host.Client().ActAs(TestActors.Viewer().AsToken(expiresAt: host.Clock.GetUtcNow().AddHours(1)));
        Assert.Equal(200, await SmallHost.WorkAsync(byToken));
        Assert.Equal(200, await SmallHost.WorkAsync(bySession));
        Assert.Equal(403, await SmallHost.WorkAsync(shortToken));

        host.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal(200, await SmallHost.WorkAsync(byToken));
        Assert.Equal(401, await SmallHost.WorkAsync(bySession));
        Assert.Equal(401, await SmallHost.WorkAsync(shortToken));
    }

    [Fact]
    public async Task ActAs_AnAccountWithAnotherRoleOrDisabled_FailsLoudly()
    {
        await using var host = await SmallHost.StartAsync();
        var boss = await host.Services.AddTestUserAsync(Role.Admin, "boss");
        await host.Services.AddTestUserAsync(Role.Admin, "other");
        using var client = host.Client();

        var wrong = await Assert.ThrowsAsync<InvalidOperationException>(() => SmallHost.WhoAsync(client.ActAs(Role.Viewer, "BOSS")));
        Assert.Contains("already has an account boss with the role admin, not viewer", wrong.Message, StringComparison.Ordinal);

        (await host.Services.GetRequiredService<IUserService>()
            .UpdateAsync(TestActors.MasterSecret(), new UpdateUserCommand { Id = boss.Id, IsActive = false })).Require();
        await Assert.ThrowsAsync<InvalidOperationException>(() => SmallHost.WhoAsync(client.ActAs(Role.Admin, "boss")));
        await Assert.ThrowsAsync<InvalidOperationException>(() => SmallHost.WhoAsync(client.ActAs(TestActors.Of(boss))));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => SmallHost.WhoAsync(client.ActAs(TestActors.Of(Role.User, username: "cyd", groupIds: [99]))));
    }
}
