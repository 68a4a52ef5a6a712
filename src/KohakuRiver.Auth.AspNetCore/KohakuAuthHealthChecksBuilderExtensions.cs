using KohakuRiver.Auth.AspNetCore;
using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Health checks of KohakuRiver.Auth.</summary>
public static class KohakuAuthHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds three checks: whether the database is available, whether its schema matches this version of the library, and whether decisions
    /// reach the host's scheduler. Their descriptions reveal nothing that outsiders should not read.
    /// </summary>
    /// <param name="builder">From <c>AddHealthChecks</c>.</param>
    /// <param name="configure">Names, tags and limits; null for the defaults.</param>
    public static IHealthChecksBuilder AddKohakuAuth(this IHealthChecksBuilder builder, Action<KohakuAuthHealthOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new KohakuAuthHealthOptions();
        configure?.Invoke(options);
        Add("database", services => new DatabaseCheck(services.GetRequiredService<IUserStore>()));
        Add("schema", services => new SchemaCheck(services.GetRequiredService<KohakuStoreSet>()));
        Add("deliveries", services => new DeliveriesCheck(
            services.GetRequiredService<IApprovalStore>(), services.GetRequiredService<TimeProvider>(), options.LongestDelivery));
        return builder;

        void Add(string name, Func<IServiceProvider, IHealthCheck> create) => builder.Add(
            new HealthCheckRegistration($"{options.NamePrefix}_{name}", create, options.FailureStatus, options.Tags, options.Timeout));
    }
}
