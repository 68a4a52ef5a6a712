using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// The paths of the pages that one-use links and refusals lead to: what the host configured, else where a panel says in its endpoints'
/// metadata that it has them. Asked when one is needed, which is rare; endpoints may come and go until then.
/// </summary>
internal sealed class LinkedPages(EndpointDataSource endpoints, IOptions<KohakuAuthHttpOptions> options)
{
    /// <summary>The parameter in which pages of the panel get the address wanted.</summary>
    internal const string PanelReturn = "return";

    private const string LoginPage = "/login";

    internal string Register => options.Value.RegisterPath ?? PanelOrUsual + "/register";

    internal string Setup => options.Value.SetupPath ?? PanelOrUsual + "/setup";

    internal string Reset => options.Value.ResetPath ?? PanelOrUsual + "/reset";

    /// <summary>The page to log in; null where the host has named none and no panel is mapped.</summary>
    internal string? Login => options.Value.LoginPath ?? (FindPanel() is { } panel ? panel + LoginPage : null);

    /// <summary>The parameter in which that page gets the address wanted; the panel's own is named as it is.</summary>
    internal string LoginReturn => options.Value.LoginPath is null ? PanelReturn : options.Value.LoginReturnParameter;

    /// <summary>The panel's page for somebody who has to change the password first; null where no panel is mapped.</summary>
    internal string? ChangePassword => FindPanel() is { } panel ? panel + "/change-password" : null;

    private string PanelOrUsual => FindPanel() ?? "/admin";

    private string? FindPanel() => endpoints.Endpoints.OfType<RouteEndpoint>().Select(RootOf).FirstOrDefault(root => root is not null);

    // By its whole pattern: the panel may be mapped in a group of the host's. Where that has parameters, nothing can lead there.
    private static string? RootOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<Prefix>() is { } panel
        && endpoint.RoutePattern is { Parameters.Count: 0, RawText: { } pattern }
        && pattern.EndsWith(panel.Path + LoginPage, StringComparison.Ordinal)
            ? "/" + pattern[..^LoginPage.Length].TrimStart('/')
            : null;

    /// <summary>Metadata of a panel's endpoints: the path under which its pages are.</summary>
    internal sealed record Prefix(string Path);
}
