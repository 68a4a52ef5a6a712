using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Checks once, before anybody is served, whether the names that the attributes carry still lead to the library's policies: a host may
/// have put a policy provider of its own in the way.
/// </summary>
internal sealed partial class PolicyCheck(
    IServiceScopeFactory scopes, PermissionTable permissions, ILogger<PolicyCheck> logger) : IHostedService
{
    /// <exception cref="InvalidOperationException">A provider of the host's answers for the library, with policies that are not the
    /// library's.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var provider = scope.ServiceProvider.GetRequiredService<IAuthorizationPolicyProvider>();
        foreach (var name in KohakuPolicies.NamesFor(permissions))
        {
            await CheckAsync(provider, name, KohakuPolicies.Find(name)!);
        }

        foreach (var permission in permissions.All)
        {
            if (await FindAsync(provider, permission.Name) is { } plain
                && !Carries(plain, KohakuPolicies.FindPlain(permissions, permission.Name)!))
            {
                ShadowedByTheHost(logger, permission.Name);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task CheckAsync(IAuthorizationPolicyProvider provider, string name, AuthorizationPolicy wanted)
    {
        var found = await FindAsync(provider, name);
        if (found is null)
        {
            // The framework refuses what names a policy that is not there, with an exception: closed, but not as it should be.
            NotResolved(logger, provider.GetType().FullName ?? provider.GetType().Name, name);
        }
        else if (!Carries(found, wanted))
        {
            throw new InvalidOperationException(
                $"The authorization policy provider {provider.GetType().FullName} answers for '{name}' with a policy that is not "
                + "KohakuRiver.Auth's, so [RequirePermission] and [RequireKohakuRole] would not check what they say. Register it before "
                + "AddAspNetCore(), or let it delegate what it does not know to DefaultAuthorizationPolicyProvider.");
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A provider that throws has no policy for "
        + "the name; what names it stays closed.")]
    private static async Task<AuthorizationPolicy?> FindAsync(IAuthorizationPolicyProvider provider, string name)
    {
        try
        {
            return await provider.GetPolicyAsync(name);
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static bool Carries(AuthorizationPolicy found, AuthorizationPolicy wanted) =>
        wanted.Requirements.All(found.Requirements.Contains);

    [LoggerMessage(EventId = 2203, Level = LogLevel.Error,
        Message = "The authorization policy provider {Provider} does not know {Policy}: what names it is refused with an exception. "
            + "Register the provider before AddAspNetCore(), or let it delegate to DefaultAuthorizationPolicyProvider.")]
    private static partial void NotResolved(ILogger logger, string provider, string policy);

    [LoggerMessage(EventId = 2204, Level = LogLevel.Warning,
        Message = "The host has a policy of its own named {Policy}: [Authorize(Policy = …)] means that one, "
            + "[RequirePermission] the permission.")]
    private static partial void ShadowedByTheHost(ILogger logger, string policy);
}
