using KohakuRiver.Auth.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace KohakuRiver.Auth.AspNetCore.Authorization;

/// <summary>
/// Lets only actors with a permission through, for controllers and annotated handlers:
/// <c>[RequirePermission("tasks.approve")]</c>. The same as <c>.RequirePermission(…)</c> on an endpoint.
/// </summary>
/// <param name="permission">The permission's name. One that is not registered is refused to everybody.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class RequirePermissionAttribute(string permission) : Attribute, IAuthorizeData, IAuthorizationRequirementData, IKohakuPolicyMetadata
{
    private readonly IAuthorizationRequirement[] requirements = [new KohakuRequirement.Holding(permission)];

    /// <summary>The permission's name.</summary>
    public string Permission { get; } = permission;

    // The base policy is named so that the host's default policy does not join in.
    string? IAuthorizeData.Policy { get; set; } = KohakuAuthDefaults.BasePolicy;

    string? IAuthorizeData.Roles { get; set; }

    string? IAuthorizeData.AuthenticationSchemes { get; set; } = KohakuAuthDefaults.Scheme;

    /// <inheritdoc />
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => requirements;
}
