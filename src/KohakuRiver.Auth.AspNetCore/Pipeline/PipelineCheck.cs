using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Looks at the pipeline and its endpoints once they are put together, before the server listens: a missing <c>UseKohakuAuth()</c> and
/// permissions that nobody registered fail the start, not the first request that meets them.
/// </summary>
/// <remarks>
/// What is not on an endpoint cannot be seen from here: permissions that code asks for by name, <c>AuthorizeView</c> inside a page, and
/// endpoints that are added while the host runs. They stay closed, and the log says why.
/// </remarks>
internal sealed class PipelineCheck(PermissionTable permissions, PipelineMark mark, IServiceProvider services) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);
        Check();
    };

    private void Check()
    {
        if (!mark.IsUsed)
        {
            throw new InvalidOperationException(
                "AddAspNetCore() was called, but the app does not call UseKohakuAuth(), so nobody would be authenticated and no gate of "
                + "KohakuRiver.Auth would work. Call app.UseKohakuAuth() before the endpoints are mapped, and after UseRouting() and "
                + "UseForwardedHeaders() where the host calls those itself.");
        }

        if (services.GetService<EndpointDataSource>() is not { } source)
        {
            return;
        }

        // Each name is asked for once, however many endpoints carry it.
        var missing = source.Endpoints.SelectMany(Asked).Distinct()
            .GroupBy(m => m.Policy, m => m.Where, StringComparer.Ordinal)
            .Where(g => !IsKnown(g.Key))
            .SelectMany(g => g, (g, where) => (Name: PermissionOf(g.Key) ?? g.Key, Where: where))
            .GroupBy(m => m.Name, m => m.Where, StringComparer.Ordinal)
            .Select(g => $"'{g.Key}' ({string.Join(", ", g.Distinct())})")
            .ToList();
        if (missing.Count > 0)
        {
            throw new InvalidOperationException(
                "Endpoints ask for permissions or policies that nobody registered, so nobody could use them: "
                + $"{string.Join("; ", missing)}. "
                + "Register a permission with AddPermission(…) on what AddKohakuAuth() returns, a policy with AddAuthorization(…), or "
                + "correct the name.");
        }
    }

    /// <summary>The policies that an endpoint asks for, those of permissions with their prefix.</summary>
    private static IEnumerable<(string Policy, string Where)> Asked(Endpoint endpoint)
    {
        var where = endpoint.DisplayName ?? endpoint.ToString() ?? "an endpoint";
        var named = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => (data.Policy, Where: where));
        var held = endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>()
            .SelectMany(policy => policy.Requirements.OfType<KohakuRequirement.Holding>())
            .Select(h => (Policy: (string?)(KohakuAuthDefaults.PermissionPolicyPrefix + h.PermissionName), Where: where));

        // Hubs say what their methods need on the methods, which are no endpoints.
        var ofMethods =
            from hub in endpoint.Metadata.GetOrderedMetadata<HubMetadata>()
            from method in hub.HubType.GetMethods()
            from data in method.GetCustomAttributes(inherit: true).OfType<IAuthorizeData>()
            select (data.Policy, Where: $"{hub.HubType.Name}.{method.Name}");
        return from asked in named.Concat(held).Concat(ofMethods)
               where !string.IsNullOrWhiteSpace(asked.Policy)
               select (asked.Policy, asked.Where);
    }

    private static string? PermissionOf(string policy) =>
        policy.StartsWith(KohakuAuthDefaults.PermissionPolicyPrefix, StringComparison.Ordinal)
            ? policy[KohakuAuthDefaults.PermissionPolicyPrefix.Length..]
            : null;

    private bool IsKnown(string policy) => PermissionOf(policy) is { } permission
        ? IsRegistered(permission)
        : IsRegistered(policy) || HasPolicy(policy);

    private bool IsRegistered(string permission) => permissions.TryFind(permission, out _);

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A provider of the host's that answers "
        + "during requests only says nothing about the name.")]
    private bool HasPolicy(string name)
    {
        using var scope = services.CreateScope();
        try
        {
            // The pipeline is put together synchronously; the framework's own provider answers at once.
            return scope.ServiceProvider.GetRequiredService<IAuthorizationPolicyProvider>().GetPolicyAsync(name).GetAwaiter().GetResult()
                is not null;
        }
        catch (Exception)
        {
            return true;
        }
    }
}
