namespace KohakuRiver.Auth.Tests;

public sealed class MasterSecretTests
{
    private const string Current = "current-master-secret-0123456789abcdef";
    private const string Previous = "previous-master-secret-0123456789abcdef";

    [Theory]
    [InlineData(Current, true)]
    [InlineData(Previous, true)]
    [InlineData(Current + " ", false)]
    [InlineData("", false)]
    [InlineData("wrong", false)]
    [Trait("Requirement", "R6"), Trait("Requirement", "V13.3.4")]
    public async Task Check_BothConfiguredOnes_ActAsSystem(string sent, bool right)
    {
        using var host = new AuthHarness(o => (o.AdminSecret, o.AdminSecretPrevious) = (Current, Previous));

        var actor = await host.Credentials.CheckMasterSecretAsync(sent, AuthHarness.Address);

        Assert.Equal(right, actor.IsSuccess);
        if (right)
        {
            Assert.Equal(
                (null, Actor.SystemName, Role.Admin, ActorKind.MasterSecret, AuthHarness.Address),
                (actor.Value!.Id, actor.Value.Username, actor.Value.Role, actor.Value.Kind, actor.Value.Address));
        }
        else
        {
            ResultAssert.Refused(RefusalKind.Unauthenticated, actor);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [Trait("Requirement", "R6")]
    public async Task Check_NotConfigured_IsOff(string? configured)
    {
        using var host = new AuthHarness(o => (o.AdminSecret, o.AdminSecretPrevious) = (configured, configured));
        ResultAssert.Refused(RefusalKind.Unauthenticated, await host.Credentials.CheckMasterSecretAsync("", null));
        ResultAssert.Refused(RefusalKind.Unauthenticated, await host.Credentials.CheckMasterSecretAsync("anything", null));
    }

    [Fact]
    [Trait("Requirement", "B5"), Trait("Requirement", "R6")]
    public async Task Check_BeyondTenWrong_RefusesEvenTheRightOneForTheMinute()
    {
        using var host = new AuthHarness(o => o.AdminSecret = Current);
        for (var i = 0; i < 10; i++)
        {
            ResultAssert.Refused(RefusalKind.Unauthenticated, await host.Credentials.CheckMasterSecretAsync("wrong", AuthHarness.Address));
        }

        ResultAssert.Refused(RefusalKind.Throttled, await host.Credentials.CheckMasterSecretAsync("wrong", AuthHarness.Address));
        var right = ResultAssert.Refused(
            RefusalKind.Throttled, await host.Credentials.CheckMasterSecretAsync(Current, AuthHarness.Address));
        Assert.Equal(TimeSpan.FromMinutes(1), right.RetryAfter);
        Assert.True((await host.Credentials.CheckMasterSecretAsync(Current, "192.0.2.99")).IsSuccess);

        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await host.Credentials.CheckMasterSecretAsync(Current, AuthHarness.Address)).IsSuccess);
    }

    [Fact]
    public async Task Check_RightOnes_NeverCountAndNeedNoStore()
    {
        using var host = new AuthHarness(o => o.AdminSecret = Current);
        host.Database.IsDown = true;
        for (var i = 0; i < 100; i++)
        {
            Assert.True((await host.Credentials.CheckMasterSecretAsync(Current, AuthHarness.Address)).IsSuccess);
        }
    }

    [Fact]
    [Trait("Requirement", "V16.3.3"), Trait("Requirement", "R6"), Trait("Requirement", "R7")]
    public async Task Check_Wrong_IsAuditedWithoutTheSecret()
    {
        using var host = new AuthHarness(o => o.AdminSecret = Current);
        await host.Credentials.CheckMasterSecretAsync("nearly-the-secret", AuthHarness.Address);

        var entry = Assert.Single(await host.ReadAuditAsync(AuditActions.MasterSecret));
        Assert.Equal((AuditOutcome.Failure, AuthHarness.Address, Actor.AnonymousName), (entry.Outcome, entry.IpAddress, entry.Actor));
        Assert.DoesNotContain("nearly", entry.ToString(), StringComparison.Ordinal);
    }
}
