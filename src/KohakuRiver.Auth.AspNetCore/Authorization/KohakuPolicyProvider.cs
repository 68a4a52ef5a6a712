using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Resolves the names of the library's policies, of which there are as many as permissions, and delegates everything else to the
/// provider the host had before.
/// </summary>
internal sealed class KohakuPolicyProvider(IAuthorizationPolicyProvider inner, PermissionTable permissions) : IAuthorizationPolicyProvider
{
    private const string InnerKey = "KohakuRiver.Auth.InnerPolicyProvider";

    /// <summary>The provider of everything that is not the library's.</summary>
    internal IAuthorizationPolicyProvider Inner => inner;

    /// <inheritdoc />
    public bool AllowsCachingPolicies => inner.AllowsCachingPolicies;

    /// <inheritdoc />
    public async Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) =>
        KohakuPolicies.Find(policyName) ?? await inner.GetPolicyAsync(policyName) ?? KohakuPolicies.FindPlain(permissions, policyName);

    /// <inheritdoc />
    public Task<AuthorizationPolicy> GetDefaultPolicyAsync() => inner.GetDefaultPolicyAsync();

    /// <inheritdoc />
    public Task<AuthorizationPolicy?> GetFallbackPolicyAsync() => inner.GetFallbackPolicyAsync();

    /// <summary>
    /// Puts this provider before the one that counts so far, which keeps its lifetime and is still the container's to dispose of.
    /// </summary>
    internal static void AddBefore(IServiceCollection services)
    {
        var index = services.Count - 1;
        while (services[index].ServiceType != typeof(IAuthorizationPolicyProvider) || services[index].IsKeyedService)
        {
            index--;
        }

        var before = services[index];
        services[index] = ServiceDescriptor.Describe(
            typeof(IAuthorizationPolicyProvider),
            sp => new KohakuPolicyProvider(
                sp.GetRequiredKeyedService<IAuthorizationPolicyProvider>(InnerKey), sp.GetRequiredService<PermissionTable>()),
            before.Lifetime);
        services.Add(Keyed(before));
    }

    private static ServiceDescriptor Keyed(ServiceDescriptor descriptor)
    {
        if (descriptor.ImplementationInstance is { } instance)
        {
            return new ServiceDescriptor(typeof(IAuthorizationPolicyProvider), InnerKey, instance);
        }

        return descriptor.ImplementationFactory is { } factory
            ? new ServiceDescriptor(typeof(IAuthorizationPolicyProvider), InnerKey, (sp, _) => factory(sp), descriptor.Lifetime)
            : new ServiceDescriptor(typeof(IAuthorizationPolicyProvider), InnerKey, descriptor.ImplementationType!, descriptor.Lifetime);
    }
}
