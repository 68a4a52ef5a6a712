using KohakuRiver.Auth.Model;
using KohakuRiver.Auth.Rules;
using KohakuRiver.Auth.Services;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Testing.Tests.Examples;

/// <summary>Worked example: the real services over stores in memory, without a host.</summary>
public sealed class ServiceTests
{
    // <snippet:services>
    [Fact]
    public async Task Vps_GivenToAGroup_IsForItsMembersOnly()
    {
        await using var services = new ServiceCollection().AddKohakuAuthTesting().Services.BuildServiceProvider();
        var owner = await services.AddTestUserAsync(Role.User, "olga", vps: ["vps-1"]);
        var other = await services.AddTestUserAsync(Role.User, "otto");
        var access = services.GetRequiredService<VpsAccessService>();

        Assert.True((await access.CanUseAsync(TestActors.Of(owner), "vps-1")).IsAllowed);
        Assert.Equal(RefusalKind.Hidden, (await access.CanUseAsync(TestActors.Of(other), "vps-1")).Refusal?.Kind);
    }

    [Fact]
    public async Task Token_OnceItsTimeIsOver_IsNobodys()
    {
        await using var services = new ServiceCollection().AddKohakuAuthTesting().Services.BuildServiceProvider();
        var user = await services.AddTestUserAsync(Role.User);
        var token = (await services.GetRequiredService<TokenService>().CreateAsync(TestActors.Of(user), "night run", null, expiresHours: 8)).Require();
        var credentials = services.GetRequiredService<CredentialService>();

        Assert.NotNull(await credentials.FindTokenActorAsync(token.Secret.Reveal(), address: null));
        services.GetRequiredService<ManualClock>().Advance(TimeSpan.FromHours(8));
        Assert.Null(await credentials.FindTokenActorAsync(token.Secret.Reveal(), address: null));
    }
    // </snippet:services>
}
