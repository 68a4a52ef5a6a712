using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KohakuRiver.Auth;

/// <summary>
/// The types a host plugs in by a call <c>Add…</c>. Such a call adds and never replaces: with two of them one would be asked and the other
/// not, which nobody notices until a decision does not arrive. So the start refuses a second one of another type.
/// </summary>
internal static class PluggedTypes
{
    /// <summary>Adds an implementation; harmless when it is there already.</summary>
    /// <param name="services">The services.</param>
    /// <param name="lifetime">How long one lives.</param>
    /// <param name="standard">The library's own implementation, which gives way; null when there is none.</param>
    internal static void Plug<TService, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        IServiceCollection services, ServiceLifetime lifetime, Type? standard = null)
        where TService : class
        where T : class, TService
    {
        var there = services.LastOrDefault(d => d.ServiceType == typeof(TService) && !d.IsKeyedService);
        if (there is null || (standard is not null && there.ImplementationType == standard))
        {
            services.Replace(ServiceDescriptor.Describe(typeof(TService), typeof(T), lifetime));
        }
        else if (TypeOf(there) != typeof(T))
        {
            services.AddSingleton(new PlugConflict(typeof(TService), TypeOf(there), typeof(T)));
        }
    }

    /// <summary>Refuses a host whose types contradict each other.</summary>
    /// <exception cref="InvalidOperationException">For some service two types were added.</exception>
    internal static void Check(IEnumerable<PlugConflict> conflicts)
    {
        var faults = conflicts.Select(c => c.ToString()).ToList();
        if (faults.Count > 0)
        {
            throw new InvalidOperationException(string.Join(' ', faults));
        }
    }

    private static Type? TypeOf(ServiceDescriptor descriptor) =>
        descriptor.ImplementationType ?? descriptor.ImplementationInstance?.GetType();
}
