using System.Globalization;
using KohakuRiver.Auth.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.Tests;

/// <summary>What the configuration section may say: durations with their unit, and no key that nobody reads.</summary>
public sealed class SectionTests
{
    [Theory]
    [InlineData("24h", "1.00:00:00")]
    [InlineData("90m", "01:30:00")]
    [InlineData("5400s", "01:30:00")]
    [InlineData("7d", "7.00:00:00")]
    [InlineData("1.5h", "01:30:00")]
    [InlineData("120000ms", "00:02:00")]
    [InlineData(" 24h ", "1.00:00:00")]
    [InlineData("02:00:00", "02:00:00")]
    [InlineData("23:59:59", "23:59:59")]
    [InlineData("1.00:00:00", "1.00:00:00")]
    [InlineData("00:02:00.5", "00:02:00.5000000")]
    public void Duration_ThatSaysItsUnit_IsTaken(string written, string meant) => Assert.Equal(
        TimeSpan.ParseExact(meant, "c", CultureInfo.InvariantCulture), Start(("KohakuAuth:SessionLifetime", written)).SessionLifetime);

    [Theory]
    [InlineData("0")]
    [InlineData("0s")]
    [InlineData("00:00:00")]
    public void Duration_OfNothing_NeedsNoUnit(string written) =>
        Assert.Equal(TimeSpan.Zero, Start(("KohakuAuth:SessionIdleTimeout", written)).SessionIdleTimeout);

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void Duration_LeftOut_IsTheDefault(string? written) =>
        Assert.Equal(TimeSpan.FromHours(24), Start(("KohakuAuth:SessionLifetime", written)).SessionLifetime);

    [Theory]
    [InlineData("12", "has no unit")]
    [InlineData("1.5", "has no unit")]
    [InlineData("24:00:00", "has 24 or more in the place of hours")]
    [InlineData("576:00:00", "has 24 or more in the place of hours")]
    [InlineData("1.24:00:00", "has 24 or more in the place of hours")]
    [InlineData("24:00", "does not say whether")]
    [InlineData("08:30", "does not say whether")]
    [InlineData("00:75:00", "is no duration")]
    [InlineData("10:00:00:00", "is no duration")]
    [InlineData("-1h", "is no duration")]
    [InlineData("-01:00:00", "is no duration")]
    [InlineData("24 hours", "is no duration")]
    [InlineData("24H", "is no duration")]
    [InlineData("1h30m", "is no duration")]
    [InlineData("h", "is no duration")]
    [InlineData("1e3s", "is no duration")]
    [InlineData("99999999999999999999d", "is no duration")]
    [InlineData("two days", "is no duration")]
    public void Duration_ThatCanBeMisread_FailsAtStart_NamingKeyAndForms(string written, string why)
    {
        var fault = Assert.Single(Faults(("KohakuAuth:SessionLifetime", written)));
        Assert.StartsWith($"KohakuAuth:SessionLifetime {why}", fault, StringComparison.Ordinal);
        foreach (var form in (string[])["30s", "90m", "24h", "7d", "1.00:00:00"])
        {
            Assert.Contains(form, fault, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Duration_OfEveryOption_IsReadLikeThat()
    {
        var durations = Leaves(typeof(KohakuAuthOptions), "KohakuAuth").Where(l => l.Type == typeof(TimeSpan)).Select(l => l.Key).ToList();
        Assert.Contains("KohakuAuth:Delivery:Timeout", durations);

        var faults = Faults([.. durations.Select(key => (key, (string?)"12"))]);

        Assert.Equal(
            durations.Order(StringComparer.Ordinal),
            faults.Select(f => f[..f.IndexOf(' ', StringComparison.Ordinal)]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("SessionLifetime", "91d", "1m", "90d")]
    [InlineData("SessionIdleTimeout", "91d", "0s", "90d")]
    [InlineData("InvitationLifetime", "31d", "1m", "30d")]
    [InlineData("Throttling:LockoutFirstPause", "500ms", "1s", "24h")]
    [InlineData("Throttling:LockoutLongestPause", "25h", "30s", "24h")]
    [InlineData("Retention:AuditEntries", "36501d", "0s", "36500d")]
    [InlineData("Retention:ApprovalContent", "36501d", "0s", "36500d")]
    [InlineData("Retention:ExpiredCredentials", "3651d", "0s", "3650d")]
    [InlineData("Delivery:PollInterval", "2h", "100ms", "1h")]
    [InlineData("Delivery:FirstPause", "50ms", "100ms", "1h")]
    [InlineData("Delivery:LongestPause", "2d", "5s", "24h")]
    [InlineData("Delivery:Timeout", "2h", "1s", "1h")]
    [InlineData("Streams:RecheckInterval", "90s", "1s", "1m")]
    [InlineData("BodyTimeout", "11m", "1s", "10m")]
    public void Duration_ThatCannotBeMeant_FailsAtStart_InTheSameWords(string key, string written, string least, string most) =>
        Assert.Equal([$"KohakuAuth:{key} must be between {least} and {most}."], Faults(($"KohakuAuth:{key}", written)));

    [Theory]
    [InlineData("Retention:AuditEntries")]
    [InlineData("Retention:ApprovalContent")]
    public void Retention_OfMinutes_IsNotMeant(string key) => Assert.Equal(
        [$"KohakuAuth:{key} must be 0 (forever) or at least 1h, because shorter would remove what was just written."],
        Faults(($"KohakuAuth:{key}", "400s")));

    [Fact]
    public void UnknownKeys_FailAtStart_AllAtOnceWithTheNearestName() => Assert.Equal(
        [
            "KohakuAuth:Limits:TokenPerUser is not known; did you mean KohakuAuth:Limits:TokensPerUser?",
            "KohakuAuth:MinimumLength is not known; did you mean KohakuAuth:Passwords:MinimumLength?",
            "KohakuAuth:Pasword is not known; did you mean KohakuAuth:Passwords?",
            "KohakuAuth:SesionLifetime is not known; did you mean KohakuAuth:SessionLifetime?",
            "KohakuAuth:Somebody is not known.",
        ],
        Faults(
            ("KohakuAuth:SesionLifetime", "1h"),
            ("KohakuAuth:Pasword:MinimumLength", "20"),
            ("KohakuAuth:MinimumLength", "20"),
            ("KohakuAuth:Limits:TokenPerUser", "3"),
            ("KohakuAuth:Somebody:Else:Entirely", "1")));

    [Fact]
    public void Key_OfTheWrongShape_FailsAtStart() => Assert.Equal(
        [
            "KohakuAuth:Passwords is a section, not a single value.",
            "KohakuAuth:TrustedProxies is a list: give its entries the keys KohakuAuth:TrustedProxies:0, :1 and so on.",
            "KohakuAuth:AdminSecret:Value is not known: KohakuAuth:AdminSecret is a single value.",
        ],
        Faults(
            ("KohakuAuth:Passwords", "15"),
            ("KohakuAuth:AdminSecret:Value", new string('s', 32)),
            ("KohakuAuth:TrustedProxies", "10.0.0.1")));

    [Fact]
    public void UnknownKey_AndOtherFaults_AreToldTogether() => Assert.Equal(
        ["KohakuAuth:Passwords:MinimumLength must be between 8 and 256.", "KohakuAuth:Somebody is not known."],
        Faults(("KohakuAuth:Somebody", "1"), ("KohakuAuth:Passwords:MinimumLength", "1")));

    [Fact]
    public void Root_InPlaceOfTheSection_FailsAtStart_NamingTheMistake()
    {
        var root = Configuration(("KohakuAuth:SessionLifetime", "1h"), ("Logging:LogLevel:Default", "Debug"), ("PATH", "/bin"));
        var fault = Assert.Single(Faults(root));
        Assert.StartsWith(
            "AddKohakuAuth was given the whole configuration: pass configuration.GetSection(\"KohakuAuth\").",
            fault,
            StringComparison.Ordinal);
        Assert.Contains("KohakuAuth, Logging, PATH", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Root_OfNothingElse_IsASection() => Assert.Equal(
        TimeSpan.FromHours(1), Start(Configuration(("SessionLifetime", "1h"))).SessionLifetime);

    [Fact]
    public void UnknownKeys_OfAHostThatSharesTheSection_AreAllowed()
    {
        var section = Configuration(("KohakuAuth:Theirs", "1"), ("KohakuAuth:SessionLifetime", "1h")).GetSection("KohakuAuth");
        Assert.Equal(TimeSpan.FromHours(1), Start(section, o => o.AllowUnknownKeys = true).SessionLifetime);
        Assert.Single(Faults(section, o => o.AllowUnknownKeys = false));
    }

    [Fact]
    public void UnknownKeys_AllowedOrNot_MakeNoDurationGood() => Assert.StartsWith(
        "KohakuAuth:SessionLifetime has no unit",
        Assert.Single(Faults(
            Configuration(("KohakuAuth:SessionLifetime", "12")).GetSection("KohakuAuth"), o => o.AllowUnknownKeys = true)),
        StringComparison.Ordinal);

    [Fact]
    public void EveryOption_IsKnown()
    {
        var keys = Leaves(typeof(KohakuAuthOptions), "KohakuAuth").Select(l => (
            l.Type.IsGenericType ? l.Key + ":0" : l.Key,
            (string?)(l.Type == typeof(bool) ? "true" : l.Type == typeof(TimeSpan) ? "30s" : l.Type == typeof(int) ? "10"
                : l.Type == typeof(RegistrationMode) ? "closed" : l.Type == typeof(IList<Role>) ? "user"
                : l.Type == typeof(Uri) ? "https://cluster.example.org"
                : l.Key.EndsWith("Proxies", StringComparison.Ordinal) ? "unix" : "")));
        Assert.DoesNotContain(Faults([.. keys]), f => f.Contains("not known", StringComparison.Ordinal));
    }

    [Fact]
    public void Keys_InAnyCase_AreKnown() => Assert.Equal(
        (TimeSpan.FromHours(1), 20),
        Start(("kohakuauth:sessionlifetime", "1h"), ("KOHAKUAUTH:PASSWORDS:MINIMUMLENGTH", "20")) is var o
            ? (o.SessionLifetime, o.Passwords.MinimumLength)
            : default);

    [Fact]
    public void SettingInCode_BesideTheSection_IsTakenAsItIs() => Assert.Equal(
        TimeSpan.FromDays(24),
        Start(
            Configuration(("KohakuAuth:SessionLifetime", "1h")).GetSection("KohakuAuth"),
            o => o.SessionLifetime = TimeSpan.FromDays(24)).SessionLifetime);

    [Fact]
    public void Section_ThatChanges_IsReadAgain()
    {
        var configuration = Configuration(("KohakuAuth:SessionLifetime", "1h"));
        using var provider = Provider(configuration.GetSection("KohakuAuth"), null);
        var monitor = provider.GetRequiredService<IOptionsMonitor<KohakuAuthOptions>>();
        Assert.Equal(TimeSpan.FromHours(1), monitor.CurrentValue.SessionLifetime);

        configuration["KohakuAuth:SessionLifetime"] = "2h";
        configuration.Reload();

        Assert.Equal(TimeSpan.FromHours(2), monitor.CurrentValue.SessionLifetime);
    }

    private static IEnumerable<(string Key, Type Type)> Leaves(Type type, string path) => type.GetProperties().SelectMany(p =>
        p.PropertyType.Namespace == type.Namespace && p.PropertyType.IsClass
            ? Leaves(p.PropertyType, $"{path}:{p.Name}")
            : [($"{path}:{p.Name}", p.PropertyType)]);

    private static IConfigurationRoot Configuration(params (string Key, string? Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value))).Build();

    private static KohakuAuthOptions Start(params (string Key, string? Value)[] settings) =>
        Start(Configuration(settings).GetSection("KohakuAuth"));

    private static KohakuAuthOptions Start(IConfiguration section, Action<KohakuAuthOptions>? configure = null)
    {
        using var provider = Provider(section, configure);
        provider.GetRequiredService<IStartupValidator>().Validate();
        return provider.GetRequiredService<IOptions<KohakuAuthOptions>>().Value;
    }

    private static IEnumerable<string> Faults(params (string Key, string? Value)[] settings) =>
        Faults(Configuration(settings).GetSection("KohakuAuth"));

    private static IEnumerable<string> Faults(IConfiguration section, Action<KohakuAuthOptions>? configure = null) =>
        Assert.Throws<OptionsValidationException>(() => Start(section, configure)).Failures;

    private static ServiceProvider Provider(IConfiguration section, Action<KohakuAuthOptions>? configure)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddKohakuAuth(section).UseStores(_ => new InMemoryStoreSet());
        services.Configure(configure ?? (_ => { }));
        return services.BuildServiceProvider();
    }
}
