using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>What the contexts of all engines are set up with; the engine's own options stand with the engine.</summary>
internal static class SharedOptions
{
    /// <summary>Adds it.</summary>
    public static DbContextOptionsBuilder<TContext> ForStores<TContext>(this DbContextOptionsBuilder<TContext> options, IEnumerable<IInterceptor> interceptors)
        where TContext : AuthDbContext => options
            .AddInterceptors(interceptors)
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .EnableThreadSafetyChecks(false)

            // Migrations are written by hand, so there is no snapshot; a test holds the migrated schema equal to the model's.
            .ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning, RelationalEventId.ModelSnapshotNotFound));
}
