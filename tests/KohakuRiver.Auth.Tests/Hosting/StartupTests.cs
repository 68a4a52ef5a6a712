using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth.Tests;

public sealed class StartupTests
{
    [Fact]
    public async Task SetupCode_OfAnEmptyDatabase_IsGiven_OnceThereIsAnAdminNone()
    {
        using var host = new AuthHarness();
        var code = await host.Setup.RenewCodeAsync();
        Assert.Equal(SecretKind.Setup, code!.Kind);
        Assert.Single(await host.ReadAuditAsync(AuditActions.SetupCodeCreate));

        await host.AddUserAsync(Role.Admin);
        Assert.Null(await host.Setup.RenewCodeAsync());
    }

    [Fact]
    public async Task SetupCode_WhereARegisterSecretIsConfigured_IsNone()
    {
        using var host = new AuthHarness(o => o.AdminRegisterSecret = new string('r', 32));
        Assert.Null(await host.Setup.RenewCodeAsync());
    }

    [Fact]
    public async Task Start_AuthOff_WarnsLoudly()
    {
        using var off = new AuthHarness(o => o.Enabled = false);
        await off.Get<StartupService>().StartAsync();
        Assert.Null(await off.Setup.RenewCodeAsync());
        var line = Assert.Single(off.Log.GetSnapshot(), l => l.Level == LogLevel.Warning);
        Assert.Contains("OFF", line.Message, StringComparison.Ordinal);

        using var on = new AuthHarness();
        await on.Get<StartupService>().StartAsync();
        Assert.DoesNotContain(on.Log.GetSnapshot(), l => l.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Start_StoresOfTwoDatabases_AreRefusedByName_BeforeAnythingIsTouched()
    {
        using var host = new AuthHarness(build: b => b.UseStores(_ => Torn()));
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Get<StartupService>().StartAsync());
        Assert.Matches("^Sessions \\([^ ]+\\), Audit \\([^ ]+\\) cannot be replaced alone in ReplacedSet\\.", fault.Message);
        Assert.False(((ReplacedSet)host.Get<KohakuStoreSet>()).Initialized);
    }

    [Fact]
    public void UseStores_Twice_TheLastCounts_AndStoresComeFromTheSet()
    {
        using var host = new AuthHarness(build: b => b.UseStores(_ => Torn()).UseStores<InMemoryStoreSet>());
        var set = Assert.IsType<InMemoryStoreSet>(host.Get<KohakuStoreSet>());
        Assert.Same(set.Users, host.Get<IUserStore>());
        Assert.Same(set.Throttle, host.Get<IThrottleStore>());
    }

    [Fact]
    public void AddKohakuAuth_Twice_IsHarmless()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddKohakuAuth(o => o.Passwords.MinimumLength = 20);
        var count = services.Count;
        services.AddKohakuAuth(o => o.Passwords.WorkFactor = 10).UseStores(_ => new InMemoryStoreSet());

        Assert.Equal(count + 1, services.Count);
        using var provider = services.BuildServiceProvider(validateScopes: true);
        var options = provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<KohakuAuthOptions>>().Value;
        Assert.Equal((20, 10), (options.Passwords.MinimumLength, options.Passwords.WorkFactor));
        Assert.Single(provider.GetServices<ILoginService>());
    }

    [Fact]
    public void Permissions_OfTheHost_StandBesideTheBuiltInOnes()
    {
        var own = new Permission("host.backup", Role.Operator, "Start a backup");
        using var host = new AuthHarness(build: b => b.AddPermission(own).AddPermission(own));
        var table = host.Get<PermissionTable>();
        Assert.True(table.Decide(Testing.TestActors.Operator(), "host.backup").IsAllowed);
        Assert.False(table.Decide(Testing.TestActors.User(), "host.backup").IsAllowed);
        Assert.False(table.Decide(Testing.TestActors.Admin(), "host.unknown").IsAllowed);

        using var clash = new AuthHarness(build: b => b.AddPermission(new Permission("users.manage", Role.Viewer, "Not what it says")));
        Assert.Throws<ArgumentException>(() => clash.Get<PermissionTable>());
    }

    /// <summary>Sessions and audit write elsewhere.</summary>
    private static ReplacedSet Torn()
    {
        var other = new InMemoryStoreSet();
        return new ReplacedSet(
            new InMemoryStoreSet(),
            new Dictionary<string, IKohakuStore>
            {
                [nameof(KohakuStoreSet.Sessions)] = other.Sessions,
                [nameof(KohakuStoreSet.Audit)] = other.Audit,
            });
    }
}
