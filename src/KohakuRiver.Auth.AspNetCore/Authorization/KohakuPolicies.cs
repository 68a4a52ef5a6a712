using KohakuRiver.Auth.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace KohakuRiver.Auth.AspNetCore.Authorization;

/// <summary>Builds policies that name the library's scheme only, whatever the host's default is.</summary>
internal static class KohakuPolicies
{
    /// <summary>The scheme and the same-origin check; the attributes add what they ask for.</summary>
    internal static AuthorizationPolicy Base { get; } = new([KohakuRequirement.FromSameOrigin.Instance], [KohakuAuthDefaults.Scheme]);

    /// <summary>The same-origin check and one requirement more.</summary>
    internal static AuthorizationPolicy With(KohakuRequirement requirement) =>
        new([KohakuRequirement.FromSameOrigin.Instance, requirement], [KohakuAuthDefaults.Scheme]);
}
