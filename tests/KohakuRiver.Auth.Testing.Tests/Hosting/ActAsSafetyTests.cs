using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace KohakuRiver.Auth.Testing.Tests.Hosting;

/// <summary>Acting as somebody is for tests: no request brings it about.</summary>
public sealed class ActAsSafetyTests
{
    private const string Header = "X-Kohaku-Act-As";

    [Fact]
    public async Task ActAs_InAHostWithoutTheTestingServices_IsIgnored()
    {
        await using var host = await SmallHost.StartAsync(services => services.AddKohakuAuth(o => o.AdminSecret = SmallHost.MasterSecret)
            .UseInMemoryStores().AddAspNetCore(o => o.SetupLinkOutput = _ => { }));
        foreach (var client in (HttpClient[])[
            host.Client().ActAs(Role.Admin), host.Client().ActAs(TestActors.Admin()), host.Client().ActAs(TestActors.MasterSecret())])
        {
            using (client)
            {
                Assert.True(client.DefaultRequestHeaders.Contains(Header));
                Assert.Equal("_anonymous anony Anonymous []", await SmallHost.WhoAsync(client));
                Assert.Equal(401, await SmallHost.WorkAsync(client));
            }
        }

        Assert.False(await host.Services.GetRequiredService<IUserStore>().AnyAsync(default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("admin")]
    [InlineData("4")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task Header_MadeUpBySomebody_IsIgnoredEvenInATestHost(string value)
    {
        await using var host = await SmallHost.StartAsync();
        using var client = host.Client();
        client.DefaultRequestHeaders.TryAddWithoutValidation(Header, value);

        Assert.Equal("_anonymous anony Anonymous []", await SmallHost.WhoAsync(client));
        Assert.Equal(401, await SmallHost.WorkAsync(client));
    }

    [Fact]
    public async Task Header_SentTwice_IsIgnored()
    {
        await using var host = await SmallHost.StartAsync();
        using var admin = host.Client().ActAs(Role.Admin);
        using var client = host.Client().ActAs(Role.Viewer);
        client.DefaultRequestHeaders.Add(Header, admin.DefaultRequestHeaders.GetValues(Header));

        Assert.Equal(401, await SmallHost.WorkAsync(client));
    }

    [Fact]
    public async Task Header_WithARealCredentialBesideIt_LeavesThatAlone()
    {
        var database = new InMemoryDatabase();
        await using var testing = await SmallHost.StartAsync(s => s.AddKohakuAuthTesting(database: database).AddAspNetCore());
        await using var real = await SmallHost.StartAsync(s => s.AddKohakuAuth().UseInMemoryStores(database).AddAspNetCore());
        using var client = real.Client().ActAs(Role.Admin);
        client.DefaultRequestHeaders.Add("X-Admin-Token", "not the master secret of that host at all");

        Assert.Equal(401, await SmallHost.WorkAsync(client));
    }

    [Theory]
    [InlineData("Production", true)]
    [InlineData("Development", false)]
    public async Task TestingServices_InAHostInProduction_AreWarnedAbout(string environment, bool warned)
    {
        var log = new FakeLogCollector();
        await using var host = await SmallHost.StartAsync(
            services => services.AddLogging(l => l.AddProvider(new FakeLoggerProvider(log)))
                .AddKohakuAuthTesting().AddAspNetCore(o => o.SetupLinkOutput = _ => { }),
            environment);

        var warnings = log.GetSnapshot().Where(l => l.Level == LogLevel.Warning);
        Assert.Equal(warned, warnings.Any(l => l.Message.StartsWith("AddKohakuAuthTesting is in force", StringComparison.Ordinal)));
    }
}
