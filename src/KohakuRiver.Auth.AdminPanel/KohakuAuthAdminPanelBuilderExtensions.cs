using KohakuRiver.Auth;
using KohakuRiver.Auth.AdminPanel;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The admin panel of KohakuRiver.Auth.</summary>
public static class KohakuAuthAdminPanelBuilderExtensions
{
    /// <summary>
    /// Adds the panel's services; <c>app.MapKohakuAdminPanel()</c> maps its pages. Needs <c>AddAspNetCore()</c>. Nothing of the host's own
    /// Razor components, MVC or antiforgery is touched or needed.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">The host's name, colours, links, pages and languages; null for the library's own.</param>
    public static KohakuAuthBuilder AddAdminPanel(this KohakuAuthBuilder builder, Action<AdminPanelOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = builder.Services.AddOptions<AdminPanelOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AdminPanelOptions>, AdminPanelOptionsValidator>());
        builder.Services.TryAddSingleton<PanelAssets>();
        builder.Services.TryAddSingleton<PanelLocalizer>();
        return builder;
    }
}
