using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>What the contexts of all engines are set up with; the engine's own options stand with the engine.</summary>
internal static class ContextOptions
{
    /// <summary>Adds it, and then what the tests of the library ask for.</summary>
    public static DbContextOptionsBuilder<TContext> ForStores<TContext>(
        this DbContextOptionsBuilder<TContext> options, IEnumerable<IInterceptor> interceptors, Action<DbContextOptionsBuilder>? configure)
        where TContext : AuthDbContext
    {
        options
            .AddInterceptors(interceptors)
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .EnableThreadSafetyChecks(false);
        configure?.Invoke(options);
        return options;
    }
}
