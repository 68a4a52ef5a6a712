using KohakuRiver.Auth.AspNetCore.Authentication;
using KohakuRiver.Auth.Model;
using Microsoft.AspNetCore.Authorization;

namespace KohakuRiver.Auth.AspNetCore.Authorization;

/// <summary>Lets only actors of a role or higher through, for controllers and annotated handlers.</summary>
/// <param name="minimum">The lowest role let through; <see cref="Role.Anony"/> lets nobody without a credential through either.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class RequireKohakuRoleAttribute(Role minimum) : Attribute, IAuthorizeData, IAuthorizationRequirementData, IKohakuPolicyMetadata
{
    private readonly IAuthorizationRequirement[] requirements = [new KohakuRequirement.OfRole(minimum)];

    /// <summary>The lowest role let through.</summary>
    public Role Minimum { get; } = minimum;

    // The base policy is named so that the host's default policy does not join in.
    string? IAuthorizeData.Policy { get; set; } = KohakuAuthDefaults.BasePolicy;

    string? IAuthorizeData.Roles { get; set; }

    string? IAuthorizeData.AuthenticationSchemes { get; set; } = KohakuAuthDefaults.Scheme;

    /// <inheritdoc />
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => requirements;
}
