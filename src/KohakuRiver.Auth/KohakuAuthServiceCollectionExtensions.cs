using KohakuRiver.Auth;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The entry to KohakuRiver.Auth.</summary>
public static class KohakuAuthServiceCollectionExtensions
{
    /// <summary>Adds the user side of a cluster, configured by a configuration section (usually <c>KohakuAuth</c>).</summary>
    /// <remarks>
    /// Choose a store on the builder; the host fails to start without one. It also fails to start, listing all faults at once, where the
    /// section has keys that the library does not know (unless <see cref="KohakuAuthOptions.AllowUnknownKeys"/> is set) or a duration does
    /// not say its unit: <c>30s</c>, <c>90m</c>, <c>24h</c>, <c>7d</c> and <c>1.00:00:00</c> do, <c>12</c> and <c>24:00:00</c> do not.
    /// </remarks>
    public static KohakuAuthBuilder AddKohakuAuth(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        var builder = services.AddKohakuAuth();
        var bound = new OptionsSection(section);
        services.AddSingleton<IOptionsChangeTokenSource<KohakuAuthOptions>>(
            new ConfigurationChangeTokenSource<KohakuAuthOptions>(Options.Options.DefaultName, section));
        services.AddSingleton<IConfigureOptions<KohakuAuthOptions>>(bound);
        services.AddSingleton<IValidateOptions<KohakuAuthOptions>>(bound);
        return builder;
    }

    /// <summary>Adds the user side of a cluster, configured in code.</summary>
    /// <remarks>Choose a store on the builder; the host fails to start without one.</remarks>
    public static KohakuAuthBuilder AddKohakuAuth(this IServiceCollection services, Action<KohakuAuthOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        var builder = services.AddKohakuAuth();
        services.Configure(configure);
        return builder;
    }

    /// <summary>Adds the user side of a cluster with default settings.</summary>
    /// <remarks>Choose a store on the builder; the host fails to start without one.</remarks>
    public static KohakuAuthBuilder AddKohakuAuth(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<KohakuAuthOptions>();

        // Needed by every other extension through the builder; registered once however often this is called.
        if (!services.Any(d => d.ServiceType == typeof(KohakuAuthBuilder)))
        {
            services.AddSingleton(new KohakuAuthBuilder(services));
            options.ValidateOnStart();
            services.TryAddEnumerable(
                ServiceDescriptor.Singleton<IValidateOptions<KohakuAuthOptions>, KohakuAuthOptionsValidator>());
            services.TryAddSingleton(TimeProvider.System);
            KohakuAuthServices.Add(services);
        }

        return new KohakuAuthBuilder(services);
    }
}
