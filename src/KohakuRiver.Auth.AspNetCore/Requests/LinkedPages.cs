using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// The paths of the pages that one-use links open: what the host configured, else where a panel says in its endpoints' metadata that it has
/// them. Asked when a link is made, which is rare; endpoints may come and go until then.
/// </summary>
internal sealed class LinkedPages(EndpointDataSource endpoints, IOptions<KohakuAuthHttpOptions> options)
{
    private static readonly Prefix Usual = new("/admin");

    internal string Register => options.Value.RegisterPath ?? OfThePanel + "/register";

    internal string Setup => options.Value.SetupPath ?? OfThePanel + "/setup";

    internal string Reset => options.Value.ResetPath ?? OfThePanel + "/reset";

    private string OfThePanel =>
        (endpoints.Endpoints.Select(e => e.Metadata.GetMetadata<Prefix>()).FirstOrDefault(p => p is not null) ?? Usual).Path;

    /// <summary>Metadata of a panel's endpoints: the path under which its pages are.</summary>
    internal sealed record Prefix(string Path);
}
