using KohakuRiver.Auth;
using KohakuRiver.Auth.AdminPanel;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The admin panel of KohakuRiver.Auth.</summary>
public static class KohakuAuthAdminPanelBuilderExtensions
{
    /// <summary>
    /// Adds the panel's services; <c>app.MapKohakuAdminPanel()</c> maps its pages. Needs <c>AddAspNetCore()</c>. Nothing of the host's own
    /// Razor components, MVC or antiforgery is touched or needed.
    /// </summary>
    public static KohakuAuthBuilder AddAdminPanel(this KohakuAuthBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<PanelAssets>();
        builder.Services.TryAddSingleton<PanelLocalizer>();
        return builder;
    }
}
