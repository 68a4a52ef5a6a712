using System.Buffers;
using KohakuRiver.Auth.AdminPanel;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the admin panel.</summary>
public static class KohakuAuthAdminPanelEndpointRouteBuilderExtensions
{
    private static readonly SearchValues<char> NotInAPrefix = SearchValues.Create("{}?#%\\ ");

    /// <summary>
    /// Maps the panel's pages under <paramref name="prefix"/>. Call it after <c>UseKohakuAuth()</c>. Invitation, setup and reset links
    /// lead there too, unless <see cref="KohakuAuthHttpOptions"/> says otherwise.
    /// </summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <param name="prefix">A path of its own, for instance <c>/admin</c>.</param>
    /// <returns>The group, for conventions of the host's own.</returns>
    /// <exception cref="ArgumentException">The prefix is not a path such as <c>/admin</c>.</exception>
    /// <exception cref="InvalidOperationException"><c>AddKohakuAuth(…).AddAspNetCore().AddAdminPanel()</c> was not called.</exception>
    public static RouteGroupBuilder MapKohakuAdminPanel(this IEndpointRouteBuilder endpoints, string prefix = "/admin")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix is not ['/', not '/', ..] || prefix.EndsWith('/') || prefix.AsSpan().ContainsAny(NotInAPrefix))
        {
            throw new ArgumentException(
                "The panel needs a path of its own, such as /admin, without parameters and without a slash at its end.", nameof(prefix));
        }

        if (endpoints.ServiceProvider.GetService<PanelAssets>() is null)
        {
            throw new InvalidOperationException(
                "MapKohakuAdminPanel() needs the services: call builder.Services.AddKohakuAuth(…).AddAspNetCore().AddAdminPanel() first.");
        }

        // Made now, so that what a host forgot is said when it starts.
        _ = endpoints.ServiceProvider.GetRequiredService<PanelLocalizer>();
        var panel = endpoints.MapPanelGroup(prefix);
        panel.WithMetadata(new LinkedPages.Prefix(prefix));
        PanelEndpoints.Map(panel, endpoints.ServiceProvider.GetRequiredService<IOptions<AdminPanelOptions>>().Value);
        return panel;
    }
}
