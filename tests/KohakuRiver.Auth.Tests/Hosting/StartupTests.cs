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
        using var host = new AuthHarness(build: b => b.UseStores<TornSet>());
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Get<StartupService>().StartAsync());
        Assert.Contains("TornSet", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Sessions, Audit", fault.Message, StringComparison.Ordinal);
        Assert.False(((TornSet)host.Get<KohakuStoreSet>()).Initialized);
    }

    [Fact]
    public void UseStores_Twice_TheLastCounts_AndStoresComeFromTheSet()
    {
        using var host = new AuthHarness(build: b => b.UseStores<TornSet>().UseStores(_ => new InMemoryStoreSet()));
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

        Assert.Equal(count + 2, services.Count);
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
    private sealed class TornSet : KohakuStoreSet
    {
        private readonly InMemoryStoreSet one = new();
        private readonly InMemoryStoreSet other = new();

        public bool Initialized { get; private set; }

        public override IUserStore Users => one.Users;

        public override IAccountStore Accounts => one.Accounts;

        public override ISessionStore Sessions => other.Sessions;

        public override ITokenStore Tokens => one.Tokens;

        public override IIdentityStore Identities => one.Identities;

        public override IGroupStore Groups => one.Groups;

        public override IInvitationStore Invitations => one.Invitations;

        public override IApprovalStore Approvals => one.Approvals;

        public override IVpsAssignmentStore VpsAssignments => one.VpsAssignments;

        public override IAuditStore Audit => other.Audit;

        public override ICodeStore Codes => one.Codes;

        public override ISettingsStore Settings => one.Settings;

        public override IThrottleStore Throttle => one.Throttle;

        public override Task InitializeAsync(CancellationToken cancellationToken)
        {
            Initialized = true;
            return Task.CompletedTask;
        }
    }
}
