using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace KohakuRiver.Auth.Testing.Tests.Examples;

/// <summary>Worked example: the real services over stores in memory, without a host.</summary>
public sealed class ServiceTests
{
    // <snippet:services>
    [Fact]
    public async Task Vps_GivenToAGroup_IsForItsMembersOnly()
    {
        await using var services = new ServiceCollection().AddKohakuAuthTesting().Services.BuildServiceProvider();
        var member = await services.AddTestUserAsync(Role.User, "olga", groups: ["vision"]);
        var other = await services.AddTestUserAsync(Role.User, "otto", groups: ["audio"]);
        var groups = (await services.GetRequiredService<IGroupService>().ListAsync(TestActors.Admin(), new PageRequest(10))).Require();
        var vision = groups.Items.Single(g => g.Name == "vision");
        var access = services.GetRequiredService<IVpsAccessService>();
        (await access.AssignAsync(TestActors.Operator(), "vps-1", userIds: [], groupIds: [vision.Id])).Require();

        Assert.True((await access.CanUseAsync(TestActors.Of(member), "vps-1")).IsAllowed);
        Assert.Equal(RefusalKind.Hidden, (await access.CanUseAsync(TestActors.Of(other), "vps-1")).Refusal?.Kind);
    }

    [Fact]
    public async Task Token_OnceItsTimeIsOver_IsNobodys()
    {
        await using var services = new ServiceCollection().AddKohakuAuthTesting().Services.BuildServiceProvider();
        var user = await services.AddTestUserAsync(Role.User);
        var token = (await services.GetRequiredService<ITokenService>()
            .CreateAsync(TestActors.Of(user), new CreateTokenCommand { Name = "night run", ExpiresHours = 8 })).Require();
        var credentials = services.GetRequiredService<ICredentialService>();

        Assert.NotNull(await credentials.FindTokenActorAsync(token.Secret.Reveal(), address: null));
        services.GetRequiredService<FakeTimeProvider>().Advance(TimeSpan.FromHours(8));
        Assert.Null(await credentials.FindTokenActorAsync(token.Secret.Reveal(), address: null));
    }
    // </snippet:services>
}
