using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// The paths of the pages that one-use links and refusals lead to: what the host configured, else where a panel says in its endpoints'
/// metadata that it has them. Asked when one is needed, which is rare; endpoints may come and go until then.
/// </summary>
internal sealed class LinkedPages(EndpointDataSource endpoints, IOptions<KohakuAuthHttpOptions> options)
{
    private static readonly Prefix Usual = new("/admin");

    internal string Register => options.Value.RegisterPath ?? OfThePanel + "/register";

    internal string Setup => options.Value.SetupPath ?? OfThePanel + "/setup";

    internal string Reset => options.Value.ResetPath ?? OfThePanel + "/reset";

    /// <summary>The page to log in; null where the host has named none and no panel is mapped.</summary>
    internal string? Login => options.Value.LoginPath ?? (FindPanelLogin() is { } pattern ? "/" + pattern.TrimStart('/') : null);

    private string OfThePanel =>
        (endpoints.Endpoints.Select(e => e.Metadata.GetMetadata<Prefix>()).FirstOrDefault(p => p is not null) ?? Usual).Path;

    // By the whole pattern: the panel may be mapped in a group of the host's. Where that has parameters, nothing can lead there.
    private string? FindPanelLogin() => endpoints.Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<Prefix>() is { } panel
            && e.RoutePattern.RawText is { } pattern
            && pattern.EndsWith(panel.Path + "/login", StringComparison.Ordinal)
            && e.RoutePattern.Parameters.Count == 0)
        .Select(e => e.RoutePattern.RawText)
        .FirstOrDefault();

    /// <summary>Metadata of a panel's endpoints: the path under which its pages are.</summary>
    internal sealed record Prefix(string Path);
}
