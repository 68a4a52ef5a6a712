using KohakuRiver.Auth;
using KohakuRiver.Auth.Import;
using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers what accounts of an original KohakuRiver host need.</summary>
public static class ImportKohakuAuthBuilderExtensions
{
    /// <summary>
    /// Accepts API tokens imported from an original KohakuRiver host, tells people who log in with a name they had there their new one, and
    /// makes the import itself available: <see cref="ImportServiceProviderExtensions.ImportKohakuRiverAsync"/>. A host calls it as long as
    /// imported tokens should work and people may still come with old names.
    /// Calling it twice is harmless.
    /// </summary>
    /// <param name="builder">The builder.</param>
    public static KohakuAuthBuilder AddKohakuRiverImport(this KohakuAuthBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<ImportedTokenGate>();
        builder.Services.TryAddSingleton<IForeignTokenHash>(services => services.GetRequiredService<ImportedTokenGate>());
        builder.Services.TryAddSingleton<IFormerNames, ImportedNames>();
        return builder;
    }
}
