using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>Options of the contexts of all engines; the engine's own options are with the engine.</summary>
internal static class ContextOptions
{
    /// <summary>Adds them, and then what the library's tests need.</summary>
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
