using KohakuRiver.Auth;
using KohakuRiver.Auth.Testing;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Stores and VPS instances for tests.</summary>
public static class KohakuAuthTestingBuilderExtensions
{
    /// <summary>Keeps everything in memory: fast, empty at each start, with the promises of the real stores.</summary>
    /// <param name="builder">The builder from <c>AddKohakuAuth</c>.</param>
    /// <param name="database">The data to work on, for hosts that share it; null = a new one.</param>
    public static KohakuAuthBuilder UseInMemoryStores(this KohakuAuthBuilder builder, InMemoryDatabase? database = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var data = database ?? new InMemoryDatabase();
        return builder.UseStores(_ => new InMemoryStoreSet(data));
    }

    /// <summary>
    /// Takes the place of the host's <see cref="IVpsDirectory"/> and <see cref="IVpsLifecycle"/> with instances in memory. Resolve
    /// <see cref="InMemoryVps"/> to say what there is, and what is refused or fails.
    /// </summary>
    public static KohakuAuthBuilder UseInMemoryVps(this KohakuAuthBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<InMemoryVps>();
        builder.Services.Replace(ServiceDescriptor.Scoped<IVpsDirectory>(sp => sp.GetRequiredService<InMemoryVps>()));
        builder.Services.Replace(ServiceDescriptor.Scoped<IVpsLifecycle>(sp => sp.GetRequiredService<InMemoryVps>()));
        return builder;
    }
}
