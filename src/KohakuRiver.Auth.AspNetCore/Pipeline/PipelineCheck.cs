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

        var missing = source.Endpoints.SelectMany(UnknownNames).Distinct()
            .GroupBy(m => m.Name, m => m.Where, StringComparer.Ordinal)
            .Select(g => $"'{g.Key}' ({string.Join(", ", g)})")
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

    private IEnumerable<(string Name, string Where)> UnknownNames(Endpoint endpoint)
    {
        var where = endpoint.DisplayName ?? endpoint.ToString() ?? "an endpoint";
        foreach (var data in endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>())
        {
            if (Unknown(data) is { } name)
            {
                yield return (name, where);
            }
        }

        foreach (var policy in endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>())
        {
            foreach (var held in policy.Requirements.OfType<KohakuRequirement.Holding>().Where(h => !IsRegistered(h.PermissionName)))
            {
                yield return (held.PermissionName, where);
            }
        }

        // Hubs say what their methods need on the methods, which are no endpoints.
        foreach (var hub in endpoint.Metadata.GetOrderedMetadata<HubMetadata>())
        {
            foreach (var method in hub.HubType.GetMethods())
            {
                foreach (var data in method.GetCustomAttributes(inherit: true).OfType<IAuthorizeData>())
                {
                    if (Unknown(data) is { } name)
                    {
                        yield return (name, $"{hub.HubType.Name}.{method.Name}");
                    }
                }
            }
        }
    }

    /// <summary>The name that leads nowhere; null where it leads to something, or there is none.</summary>
    private string? Unknown(IAuthorizeData data)
    {
        if (string.IsNullOrWhiteSpace(data.Policy))
        {
            return null;
        }

        if (data.Policy.StartsWith(KohakuAuthDefaults.PermissionPolicyPrefix, StringComparison.Ordinal))
        {
            var permission = data.Policy[KohakuAuthDefaults.PermissionPolicyPrefix.Length..];
            return IsRegistered(permission) ? null : permission;
        }

        return IsRegistered(data.Policy) || HasPolicy(data.Policy) ? null : data.Policy;
    }

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
