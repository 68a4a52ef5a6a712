using System.Net.Http.Json;
using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing.Tests.Examples;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace KohakuRiver.Auth.Testing.Tests.Hosting;

public sealed class AddKohakuAuthTestingTests
{
    [Fact]
    public async Task OneLine_InAnEmptyContainer_IsAllThatServicesNeed()
    {
        await using var services = new ServiceCollection().AddKohakuAuthTesting().Services
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = false, ValidateScopes = true });

        var made = await services.GetRequiredService<IUserService>().CreateAsync(
            TestActors.Admin(), new CreateUserCommand { Username = "ada", Password = "four plain words here", Role = Role.Operator });

        Assert.Equal(Role.Operator, made.Require().User.Role);
        Assert.IsType<CheapPasswordHasher>(services.GetRequiredService<IPasswordHasher>());
        Assert.Same(services.GetRequiredService<FakeTimeProvider>(), services.GetRequiredService<TimeProvider>());
    }

    [Fact]
    public async Task CalledTwice_IsHarmlessAndKeepsWhatWasGiven()
    {
        var (clock, database) = (new FakeTimeProvider(), new InMemoryDatabase());
        var collection = new ServiceCollection();
        collection.AddKohakuAuthTesting(clock, database);
        var count = collection.Count;
        collection.AddKohakuAuthTesting();
        Assert.Equal(count, collection.Count);

        await using var services = collection.BuildServiceProvider();
        Assert.Same(clock, services.GetRequiredService<TimeProvider>());
        Assert.Same(database, Assert.IsType<InMemoryStoreSet>(services.GetRequiredService<KohakuStoreSet>()).Database);
    }

    [Fact]
    public async Task GivenLater_ReplacesWhatWasThere()
    {
        var clock = new FakeTimeProvider();
        await using var services = new ServiceCollection().AddKohakuAuthTesting().Services
            .AddKohakuAuthTesting(clock).Services
            .BuildServiceProvider();

        Assert.Same(clock, services.GetRequiredService<TimeProvider>());
        Assert.Same(clock, Assert.Single(services.GetServices<FakeTimeProvider>()));
    }

    [Fact]
    public async Task Settings_OfTheTest_CountAfterTheHosts()
    {
        await using var services = new ServiceCollection()
            .AddKohakuAuth(o => (o.SessionLifetime, o.InvitationLifetime) = (TimeSpan.FromHours(1), TimeSpan.FromHours(1))).Services
            .AddKohakuAuthTesting(o => o.SessionLifetime = TimeSpan.FromHours(2)).Services
            .BuildServiceProvider();

        var options = services.GetRequiredService<IOptions<KohakuAuthOptions>>().Value;
        Assert.Equal((TimeSpan.FromHours(2), TimeSpan.FromHours(1)), (options.SessionLifetime, options.InvitationLifetime));
    }

    [Fact]
    public void TestUsers_WithoutTheTestingServices_SayWhatIsMissing()
    {
        using var services = new ServiceCollection().BuildServiceProvider();
        var missing = Assert.Throws<InvalidOperationException>(() => { _ = services.AddTestUserAsync(Role.User); });
        Assert.Contains("AddKohakuAuthTesting", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InAWholeHost_TakesThePlaceOfItsStoresClockAndHashing()
    {
        await using var factory = new ClusterFactory();
        using var client = factory.CreateClient();

        Assert.IsType<InMemoryStoreSet>(factory.Services.GetRequiredService<KohakuStoreSet>());
        Assert.IsType<FakeTimeProvider>(factory.Services.GetRequiredService<TimeProvider>());
        Assert.IsType<CheapPasswordHasher>(factory.Services.GetRequiredService<IPasswordHasher>());
        Assert.Equal("Development", factory.Services.GetRequiredService<IHostEnvironment>().EnvironmentName);
    }

    [Fact]
    public async Task LoggingIn_WithAClientThatKeepsCookies_Works()
    {
        await using var factory = new ClusterFactory();
        using var client = factory.CreateClient();
        await factory.Services.AddTestUserAsync(Role.Viewer, "ada", password: "four plain words here");

        using var login = await client.PostAsJsonAsync("/api/auth/login", new { username = "ada", password = "four plain words here" });
        Assert.True(login.IsSuccessStatusCode);
        Assert.Contains("\"ada\"", await client.GetStringAsync(new Uri("/api/auth/me", UriKind.Relative)), StringComparison.Ordinal);

        using var wrong = await client.PostAsJsonAsync("/api/auth/login", new { username = "ada", password = "four other words here" });
        Assert.False(wrong.IsSuccessStatusCode);
    }
}
