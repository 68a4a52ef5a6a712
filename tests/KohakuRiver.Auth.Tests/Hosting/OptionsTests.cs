using KohakuRiver.Auth.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void NoStore_FailsAtStart_NamingTheCalls()
    {
        // As in development, where the container is checked before anything is started.
        var services = new ServiceCollection().AddLogging();
        services.AddKohakuAuth();
        using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        var fault = Assert.Throws<InvalidOperationException>(() => provider.GetServices<IHostedService>().ToList());
        Assert.Contains("UseSqlite", fault.Message, StringComparison.Ordinal);
        Assert.Contains("UsePostgreSql", fault.Message, StringComparison.Ordinal);
        Assert.Contains("UseStores", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_WithAStore_AreKeptAsDocumented()
    {
        // Validated, and by then still what the reference of the settings says.
        var o = Start(null);
        Assert.Equal(
            (true, TimeSpan.FromHours(24), TimeSpan.FromHours(8), TimeSpan.FromHours(72), RegistrationMode.Closed, 15, 12, 32),
            (o.Enabled, o.SessionLifetime, o.SessionIdleTimeout, o.InvitationLifetime, o.Registration,
                o.Passwords.MinimumLength, o.Passwords.WorkFactor, o.Passwords.HashingQueueLength));
        Assert.Equal(
            (60, 600, 30, 10, 20, 100),
            (o.Throttling.LoginFailuresPerMinute, o.Throttling.LoginsPerMinute, o.Throttling.CodeFailuresPerMinute,
                o.Throttling.MasterSecretFailuresPerMinute, o.Throttling.OpenRegistrationsPerHour, o.Throttling.LockoutThreshold));
        Assert.Null(o.AdminSecret ?? o.AdminRegisterSecret);
    }

    /// <summary>The widest values that are allowed, so that a bound moved inwards is noticed too.</summary>
    public static TheoryData<string, Action<KohakuAuthOptions>> Edges => new()
    {
        { "secrets", o => (o.AdminSecret, o.AdminSecretPrevious, o.AdminRegisterSecret) = (new('x', 32), new('y', 32), new('z', 32)) },
        { "empty secrets", o => (o.AdminSecret, o.AdminSecretPrevious, o.AdminRegisterSecret) = ("", "", "") },
        { "shortest times", o => (o.SessionLifetime, o.SessionIdleTimeout, o.InvitationLifetime) = (Minutes(1), Minutes(5), Minutes(1)) },
        { "longest times", o => (o.SessionLifetime, o.SessionIdleTimeout, o.InvitationLifetime) = (Days(90), Days(90), Days(30)) },
        { "no idle time", o => o.SessionIdleTimeout = TimeSpan.Zero },
        { "nobody waits", o => o.ApprovalRequiredRoles = [] },
        { "everybody waits", o => o.ApprovalRequiredRoles = [Role.User, Role.Operator, Role.Admin] },
        { "least passwords", o => (o.Passwords.MinimumLength, o.Passwords.WorkFactor, o.Passwords.HashingQueueLength) = (8, 10, 0) },
        { "most passwords", o => (o.Passwords.MinimumLength, o.Passwords.WorkFactor, o.Passwords.HashingQueueLength) = (256, 16, 10_000) },
        { "least throttling", o => Throttle(o.Throttling, 1, TimeSpan.FromSeconds(1)) },
        { "most throttling", o => Throttle(o.Throttling, 1_000_000, Days(1)) },
        {
            "least limits",
            o => (o.Limits.TokensPerUser, o.Limits.SessionsPerUser, o.Limits.OpenInvitations, o.Limits.CachedCredentials) = (1, 1, 1, 0)
        },
        { "nothing kept", o => (o.Retention.AuditEntries, o.Retention.ExpiredCredentials) = (TimeSpan.Zero, TimeSpan.Zero) },
        { "addresses", o => o.PublicUrl = new Uri("http://cluster.example.org:8000/path/") },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Edges))]
    public void Edge_OfWhatIsAllowed_Starts(string what, Action<KohakuAuthOptions> configure)
    {
        Assert.NotEmpty(what);
        Start(configure);
    }

    public static TheoryData<string, Action<KohakuAuthOptions>> Faults => new()
    {
        { "AdminSecret", o => o.AdminSecret = new string('x', 31) },
        { "AdminSecretPrevious", o => o.AdminSecretPrevious = "short" },
        { "AdminRegisterSecret", o => o.AdminRegisterSecret = "short" },
        { "AdminRegisterSecret", o => o.AdminRegisterSecret = o.AdminSecret = new string('x', 32) },
        { "AdminRegisterSecret", o => o.AdminRegisterSecret = o.AdminSecretPrevious = new string('x', 32) },
        { "SessionLifetime", o => o.SessionLifetime = TimeSpan.Zero },
        { "SessionIdleTimeout", o => o.SessionIdleTimeout = TimeSpan.FromMinutes(1) },
        { "SessionIdleTimeout", o => o.SessionIdleTimeout = TimeSpan.FromMinutes(-1) },
        { "InvitationLifetime", o => o.InvitationLifetime = TimeSpan.FromDays(31) },
        { "ApprovalRequiredRoles", o => o.ApprovalRequiredRoles = [Role.Viewer] },
        { "ApprovalRequiredRoles", o => o.ApprovalRequiredRoles = [(Role)6] },
        { "Registration", o => o.Registration = (RegistrationMode)2 },
        { "Passwords:MinimumLength", o => o.Passwords.MinimumLength = 7 },
        { "Passwords:WorkFactor", o => o.Passwords.WorkFactor = 9 },
        { "Passwords:WorkFactor", o => o.Passwords.WorkFactor = 17 },
        { "Passwords:HashingQueueLength", o => o.Passwords.HashingQueueLength = -1 },
        { "Throttling:LoginFailuresPerMinute", o => o.Throttling.LoginFailuresPerMinute = 0 },
        { "Throttling:LoginsPerMinute", o => o.Throttling.LoginsPerMinute = 0 },
        { "Throttling:CodeFailuresPerMinute", o => o.Throttling.CodeFailuresPerMinute = 0 },
        { "Throttling:MasterSecretFailuresPerMinute", o => o.Throttling.MasterSecretFailuresPerMinute = 0 },
        { "Throttling:OpenRegistrationsPerHour", o => o.Throttling.OpenRegistrationsPerHour = 0 },
        { "Throttling:LockoutThreshold", o => o.Throttling.LockoutThreshold = 0 },
        { "Throttling:LockoutFirstPause", o => o.Throttling.LockoutFirstPause = TimeSpan.Zero },
        { "Throttling:LockoutLongestPause", o => o.Throttling.LockoutLongestPause = TimeSpan.FromSeconds(1) },
        { "Limits:TokensPerUser", o => o.Limits.TokensPerUser = 0 },
        { "Limits:SessionsPerUser", o => o.Limits.SessionsPerUser = 0 },
        { "Limits:OpenInvitations", o => o.Limits.OpenInvitations = 0 },
        { "Retention:AuditEntries", o => o.Retention.AuditEntries = TimeSpan.FromDays(-1) },
        { "Retention:ApprovalContent", o => o.Retention.ApprovalContent = TimeSpan.FromDays(-1) },
        { "Retention:ExpiredCredentials", o => o.Retention.ExpiredCredentials = TimeSpan.FromDays(-1) },
        { "Delivery:PollInterval", o => o.Delivery.PollInterval = TimeSpan.Zero },
        { "Delivery:FirstPause", o => o.Delivery.FirstPause = TimeSpan.Zero },
        { "Delivery:LongestPause", o => o.Delivery.LongestPause = TimeSpan.FromSeconds(1) },
        { "Delivery:Timeout", o => o.Delivery.Timeout = TimeSpan.Zero },
        { "Streams:RecheckInterval", o => o.Streams.RecheckInterval = TimeSpan.FromSeconds(0.9) },
        { "Streams:RecheckInterval", o => o.Streams.RecheckInterval = TimeSpan.FromSeconds(61) },
        { "BodyTimeout", o => o.BodyTimeout = TimeSpan.Zero },
        { "BodyTimeout", o => o.BodyTimeout = TimeSpan.FromMinutes(11) },
        { "TrustedProxies", o => o.TrustedProxies.Add("not an address") },
        { "TrustedProxies", o => o.TrustedProxies.Add("0.0.0.0/0") },
        { "TrustedProxies", o => o.TrustedProxies.Add("::/0") },
        { "TrustedProxies", o => o.TrustedProxies.Add("unix:") },
        { "PublicUrl", o => o.PublicUrl = new Uri("https://cluster.example/?x") },
        { "PublicUrl", o => o.PublicUrl = new Uri("https://cluster.example/#x") },
        { "PublicUrl", o => o.PublicUrl = new Uri("https://me@cluster.example") },
        { "PublicUrl", o => o.PublicUrl = new Uri("/relative", UriKind.Relative) },
        { "PublicUrl", o => o.PublicUrl = new Uri("ftp://example.org") },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Faults))]
    [Trait("Requirement", "B1"), Trait("Requirement", "V11.4.2")]
    public void Fault_FailsAtStart_NamingItsKeyAndNoSecret(string key, Action<KohakuAuthOptions> configure)
    {
        var fault = Assert.Throws<OptionsValidationException>(() => Start(configure));
        Assert.Contains($"KohakuAuth:{key} ", Assert.Single(fault.Failures), StringComparison.Ordinal);
        Assert.DoesNotContain("xxxxxxxx", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unix")]
    [InlineData("Unix")]
    [InlineData("10.0.0.1")]
    [InlineData("fd00::/8")]
    [InlineData("0.0.0.0/1")]
    public void TrustedProxies_OfEachForm_Start(string entry) => Start(o => o.TrustedProxies.Add(entry));

    [Fact]
    public void AllFaults_AreToldAtOnce()
    {
        var fault = Assert.Throws<OptionsValidationException>(() => Start(
            o => (o.AdminSecret, o.Passwords.MinimumLength, o.Limits.TokensPerUser) = ("short", 1, 0)));
        Assert.Collection(
            fault.Failures,
            f => Assert.StartsWith("KohakuAuth:AdminSecret must have at least 32", f, StringComparison.Ordinal),
            f => Assert.StartsWith("KohakuAuth:Passwords:MinimumLength must be between 8 and 256", f, StringComparison.Ordinal),
            f => Assert.StartsWith("KohakuAuth:Limits:TokensPerUser must be between 1 and", f, StringComparison.Ordinal));
    }

    [Fact]
    public void Section_BindsEverything_AndListsReplaceTheirDefault()
    {
        var section = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["KohakuAuth:AdminSecret"] = new string('s', 32),
            ["KohakuAuth:SessionLifetime"] = "02:00:00",
            ["KohakuAuth:ApprovalRequiredRoles:0"] = "operator",
            ["KohakuAuth:Registration"] = "viewer",
            ["KohakuAuth:Passwords:MinimumLength"] = "12",
            ["KohakuAuth:Passwords:ContextWords:0"] = "cluster",
            ["KohakuAuth:Throttling:LockoutThreshold"] = "5",
            ["KohakuAuth:Limits:TokensPerUser"] = "7",
            ["KohakuAuth:Retention:AuditEntries"] = "10.00:00:00",
            ["KohakuAuth:Delivery:Timeout"] = "00:00:10",
            ["KohakuAuth:TrustedProxies:0"] = "10.0.0.0/8",
            ["KohakuAuth:PublicUrl"] = "https://cluster.example.org/",
        }).Build().GetSection("KohakuAuth");
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddKohakuAuth(section).UseStores(_ => new InMemoryStoreSet());
        using var provider = services.BuildServiceProvider();

        var o = provider.GetRequiredService<IOptions<KohakuAuthOptions>>().Value;

        Assert.Equal([Role.Operator], o.ApprovalRequiredRoles!);
        Assert.Equal(
            (TimeSpan.FromHours(2), RegistrationMode.Viewer, 12, 5, 7),
            (o.SessionLifetime, o.Registration, o.Passwords.MinimumLength, o.Throttling.LockoutThreshold, o.Limits.TokensPerUser));
        Assert.Equal((TimeSpan.FromDays(10), TimeSpan.FromSeconds(10)), (o.Retention.AuditEntries, o.Delivery.Timeout));
        Assert.Equal(
            ("cluster", "10.0.0.0/8", "cluster.example.org"), (o.Passwords.ContextWords[0], o.TrustedProxies[0], o.PublicUrl!.Host));
    }

    private static KohakuAuthOptions Start(Action<KohakuAuthOptions>? configure)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddKohakuAuth(configure ?? (_ => { })).UseStores(_ => new InMemoryStoreSet());

        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
        return provider.GetRequiredService<IOptions<KohakuAuthOptions>>().Value;
    }

    private static TimeSpan Minutes(int count) => TimeSpan.FromMinutes(count);

    private static TimeSpan Days(int count) => TimeSpan.FromDays(count);

    private static void Throttle(ThrottlingOptions o, int count, TimeSpan pause)
    {
        (o.LoginFailuresPerMinute, o.LoginsPerMinute, o.CodeFailuresPerMinute) = (count, count, count);
        (o.MasterSecretFailuresPerMinute, o.OpenRegistrationsPerHour, o.LockoutThreshold) = (count, count, count);
        (o.LockoutFirstPause, o.LockoutLongestPause) = (pause, pause);
    }
}
