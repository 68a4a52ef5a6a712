using System.Diagnostics.CodeAnalysis;
using KohakuRiver.Auth;
using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// What a host plugs into KohakuRiver.Auth. <c>Add…</c> never replaces: calling it again with the same type is harmless, another type is a
/// fault at start that names both. Of the calls <c>Use…Stores</c> the last one counts, so that tests can put theirs over a host's.
/// </summary>
public static class KohakuAuthBuilderExtensions
{
    /// <summary>Uses a set of stores of the host's own, created by the container.</summary>
    /// <remarks>
    /// The start refuses a set in which a store was replaced that others are bound to, or a store registered in the container over one:
    /// only <see cref="KohakuStoreSet.Throttle"/> can be replaced alone.
    /// </remarks>
    public static KohakuAuthBuilder UseStores<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStoreSet>(
        this KohakuAuthBuilder builder)
        where TStoreSet : KohakuStoreSet
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Replace(ServiceDescriptor.Singleton<KohakuStoreSet, TStoreSet>());
        return builder;
    }

    /// <summary>Uses a set of stores created by <paramref name="make"/>; it is disposed with the container.</summary>
    public static KohakuAuthBuilder UseStores(this KohakuAuthBuilder builder, Func<IServiceProvider, KohakuStoreSet> make)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(make);
        builder.Services.Replace(ServiceDescriptor.Singleton(make));
        return builder;
    }

    /// <summary>
    /// The host's scheduler receives decisions through <typeparamref name="THandler"/>, resolved in its own scope for each call.
    /// </summary>
    public static KohakuAuthBuilder AddTaskApprovalHandler<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(this KohakuAuthBuilder builder)
        where THandler : class, ITaskApprovalHandler
    {
        ArgumentNullException.ThrowIfNull(builder);
        PluggedTypes.Plug<ITaskApprovalHandler, THandler>(builder.Services, ServiceLifetime.Scoped);
        return builder;
    }

    /// <summary>
    /// The host lists its VPS instances through <typeparamref name="TDirectory"/>. Without one any id is accepted.
    /// </summary>
    public static KohakuAuthBuilder AddVpsDirectory<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TDirectory>(this KohakuAuthBuilder builder)
        where TDirectory : class, IVpsDirectory
    {
        ArgumentNullException.ThrowIfNull(builder);
        PluggedTypes.Plug<IVpsDirectory, TDirectory>(builder.Services, ServiceLifetime.Scoped);
        return builder;
    }

    /// <summary>
    /// Operators create and delete the host's VPS instances through <typeparamref name="TLifecycle"/>, which may be the type given to
    /// <see cref="AddVpsDirectory"/>. Without one the panel does not offer it.
    /// </summary>
    public static KohakuAuthBuilder AddVpsLifecycle<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TLifecycle>(this KohakuAuthBuilder builder)
        where TLifecycle : class, IVpsLifecycle
    {
        ArgumentNullException.ThrowIfNull(builder);
        PluggedTypes.Plug<IVpsLifecycle, TLifecycle>(builder.Services, ServiceLifetime.Scoped);
        return builder;
    }

    /// <summary>
    /// The host shows its nodes in the panel through <typeparamref name="TDirectory"/>. Without one the panel has no such page.
    /// </summary>
    public static KohakuAuthBuilder AddNodeDirectory<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TDirectory>(this KohakuAuthBuilder builder)
        where TDirectory : class, INodeDirectory
    {
        ArgumentNullException.ThrowIfNull(builder);
        PluggedTypes.Plug<INodeDirectory, TDirectory>(builder.Services, ServiceLifetime.Scoped);
        return builder;
    }

    /// <summary>
    /// The host shows its tasks in the panel, and accepts submissions from there, through <typeparamref name="TDirectory"/>. Without one
    /// the panel has no such pages.
    /// </summary>
    public static KohakuAuthBuilder AddTaskDirectory<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TDirectory>(this KohakuAuthBuilder builder)
        where TDirectory : class, ITaskDirectory
    {
        ArgumentNullException.ThrowIfNull(builder);
        PluggedTypes.Plug<ITaskDirectory, TDirectory>(builder.Services, ServiceLifetime.Scoped);
        return builder;
    }

    /// <summary>
    /// Passwords are hashed and verified by <typeparamref name="THasher"/> instead of bcrypt, one instance for the process. Hashes that are
    /// stored already have to go on verifying: see <see cref="IPasswordHasher"/>.
    /// </summary>
    public static KohakuAuthBuilder AddPasswordHasher<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THasher>(this KohakuAuthBuilder builder)
        where THasher : class, IPasswordHasher
    {
        ArgumentNullException.ThrowIfNull(builder);
        PluggedTypes.Plug<IPasswordHasher, THasher>(builder.Services, ServiceLifetime.Singleton, typeof(BCryptPasswordHasher));
        return builder;
    }

    /// <summary>Registers a permission of the host's own. A permission that is not registered is refused.</summary>
    /// <exception cref="ArgumentException">A different permission already has the name; thrown when the table is first used.</exception>
    public static KohakuAuthBuilder AddPermission(this KohakuAuthBuilder builder, Permission permission)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(permission);
        builder.Services.AddSingleton(permission);
        return builder;
    }
}
