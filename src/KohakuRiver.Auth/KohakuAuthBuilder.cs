using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth;

/// <summary>
/// The entry point for extensions: packages add their parts to it by extension methods. Calling any of them twice is harmless.
/// </summary>
public sealed class KohakuAuthBuilder
{
    internal KohakuAuthBuilder(IServiceCollection services) => Services = services;

    /// <summary>The host's services.</summary>
    public IServiceCollection Services { get; }
}
