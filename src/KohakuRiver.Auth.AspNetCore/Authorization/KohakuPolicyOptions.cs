using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Puts the policies of what is registered into the framework's options too, where a provider of the host's that replaces
/// <see cref="KohakuPolicyProvider"/> finds them when it delegates to the framework's. What the host has named itself stays the host's.
/// </summary>
internal sealed class KohakuPolicyOptions(PermissionTable permissions) : IPostConfigureOptions<AuthorizationOptions>
{
    public void PostConfigure(string? name, AuthorizationOptions options)
    {
        foreach (var own in KohakuPolicies.NamesFor(permissions))
        {
            options.AddPolicy(own, KohakuPolicies.Find(own)!);
        }

        foreach (var permission in permissions.All)
        {
            if (options.GetPolicy(permission.Name) is null)
            {
                options.AddPolicy(permission.Name, KohakuPolicies.FindPlain(permissions, permission.Name)!);
            }
        }
    }
}
