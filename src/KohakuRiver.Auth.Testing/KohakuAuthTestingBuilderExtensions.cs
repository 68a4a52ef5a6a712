using KohakuRiver.Auth;
using KohakuRiver.Auth.Testing;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Stores for tests.</summary>
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
}
