using KohakuRiver.Auth;
using KohakuRiver.Auth.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>KohakuRiver.Auth for tests.</summary>
public static class KohakuAuthTestingServiceCollectionExtensions
{
    // Later than any real time: a client's cookie container, which uses the real clock, drops a session
    // cookie that expired long ago.
    private static readonly DateTimeOffset Start = new(2126, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Everything a test needs in one line: the core, stores in memory, a clock that stands still, passwords that cost
    /// nothing, and <see cref="ActAsExtensions"/>.
    /// For the test's own container, and equally for a whole host: called in <c>ConfigureTestServices</c> it replaces
    /// the stores, the clock and the password hashing chosen by the host. Calling it twice is harmless.
    /// </summary>
    /// <remarks>
    /// A test gets these from the container: <see cref="FakeTimeProvider"/>, <see cref="InMemoryDatabase"/> and every
    /// service of the library. The clock is the host's <see cref="TimeProvider"/> too, so the host's own timers stand
    /// still with it. Never call this in a host that others can reach.
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="clock">The test's own clock; null = the container's existing one, or a new one that shows
    /// noon of 1 March 2126, UTC.</param>
    /// <param name="database">The data to work on, for hosts that share it; null = that of an earlier call, or none yet.</param>
    public static KohakuAuthBuilder AddKohakuAuthTesting(
        this IServiceCollection services, FakeTimeProvider? clock = null, InMemoryDatabase? database = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddLogging();
        var builder = services.AddKohakuAuth();
        Take(services, clock, () => new FakeTimeProvider(Start));
        Take(services, database, () => new InMemoryDatabase());
        services.RemoveAll<TimeProvider>().AddSingleton<TimeProvider>(sp => sp.GetRequiredService<FakeTimeProvider>());
        services.RemoveAll<IPasswordHasher>().AddSingleton<IPasswordHasher, CheapPasswordHasher>();
        services.TryAddSingleton<TestAccounts>();
        services.TryAddSingleton<ActCredentials>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, ActAsStartupFilter>());
        return builder.UseStores(sp => new InMemoryStoreSet(sp.GetRequiredService<InMemoryDatabase>()));
    }

    /// <summary>The same, with settings.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Changes the options, after the host's own configuration.</param>
    public static KohakuAuthBuilder AddKohakuAuthTesting(this IServiceCollection services, Action<KohakuAuthOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.Configure(configure);
        return services.AddKohakuAuthTesting();
    }

    private static void Take<T>(IServiceCollection services, T? given, Func<T> make)
        where T : class
    {
        if (given is null)
        {
            services.TryAddSingleton(_ => make());
            return;
        }

        services.RemoveAll<T>().AddSingleton(given);
    }
}
