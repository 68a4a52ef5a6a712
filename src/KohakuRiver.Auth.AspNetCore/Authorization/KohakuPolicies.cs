using Microsoft.AspNetCore.Authorization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// The library's policies and their names. Each names the library's scheme only, whatever the host's default is, and lets no
/// anonymous caller through.
/// </summary>
internal static class KohakuPolicies
{
    /// <summary>Everybody who is authenticated and has any permission.</summary>
    internal static AuthorizationPolicy Base { get; } = With(new KohakuRequirement.OfRole(Role.Anony));

    /// <summary>The same-origin check and one requirement more.</summary>
    internal static AuthorizationPolicy With(KohakuRequirement requirement) =>
        new([KohakuRequirement.FromSameOrigin.Instance, requirement], [KohakuAuthDefaults.Scheme]);

    internal static string NameOfPermission(string permission) => KohakuAuthDefaults.PermissionPolicyPrefix + permission;

    /// <exception cref="ArgumentOutOfRangeException">The value is not one of the five roles.</exception>
    internal static string NameOf(Role minimum) => KohakuAuthDefaults.RolePolicyPrefix + minimum.ToName();

    /// <summary>
    /// The policy of a name that is the library's alone; null for every other name. A permission that is not registered has one too,
    /// which refuses everybody.
    /// </summary>
    internal static AuthorizationPolicy? Find(string name)
    {
        if (name.StartsWith(KohakuAuthDefaults.PermissionPolicyPrefix, StringComparison.Ordinal))
        {
            return With(new KohakuRequirement.Holding(name[KohakuAuthDefaults.PermissionPolicyPrefix.Length..]));
        }

        if (name.StartsWith(KohakuAuthDefaults.RolePolicyPrefix, StringComparison.Ordinal))
        {
            return RoleNames.TryParse(name[KohakuAuthDefaults.RolePolicyPrefix.Length..], out var role)
                ? With(new KohakuRequirement.OfRole(role))
                : null;
        }

        return name == KohakuAuthDefaults.BasePolicy ? Base : null;
    }

    /// <summary>The names of all policies that are the library's alone, for the permissions there are.</summary>
    internal static IEnumerable<string> NamesFor(PermissionTable permissions) =>
    [
        KohakuAuthDefaults.BasePolicy,
        .. permissions.All.Select(p => NameOfPermission(p.Name)),
        .. Enum.GetValues<Role>().Select(NameOf),
    ];

    /// <summary>The policy behind a permission's plain name; null where no such permission is registered.</summary>
    internal static AuthorizationPolicy? FindPlain(PermissionTable permissions, string name) =>
        permissions.TryFind(name, out var permission) ? With(new KohakuRequirement.Holding(permission.Name)) : null;
}
