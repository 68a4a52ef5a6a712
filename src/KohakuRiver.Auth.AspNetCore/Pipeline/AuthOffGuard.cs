using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// With authentication off everybody who reaches the host is an admin, and a page of any site reaches it through a name of its own that
/// leads to this machine (DNS rebinding). So only names that nobody else controls are answered. Runs before the whole pipeline: the host's
/// own endpoints and files are protected too.
/// </summary>
internal sealed class AuthOffGuard(IOptions<KohakuAuthOptions> options) : IStartupFilter
{
    private readonly bool isOff = !options.Value.Enabled;
    private readonly bool isForOthers = options.Value.AllowAuthOffBeyondThisMachine;
    private readonly Uri? publicUrl = options.Value.PublicUrl;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => isOff
        ? app =>
        {
            app.Use(inner => context => Refuse(context) is { } why
                ? new ProblemResult { Status = StatusCodes.Status400BadRequest, Detail = why }.ExecuteAsync(context)
                : inner(context));
            next(app);
        }
        : next;

    /// <summary>Whether the name is one that browsers look up nowhere: localhost, a name under it, or a loopback address.</summary>
    internal static bool IsLoopbackName(string name) =>
        string.Equals(name, "localhost", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(name.Trim('[', ']'), out var address) && IPAddress.IsLoopback(ClientAddress.Normalise(address)));

    private string? Refuse(HttpContext context)
    {
        // The start fails if the server listens beyond this machine; until then nobody from there is let in.
        if (!isForOthers && context.Connection.RemoteIpAddress is { } peer && !IPAddress.IsLoopback(ClientAddress.Normalise(peer)))
        {
            return "Authentication is off, so this host serves its own machine only.";
        }

        var name = context.Request.Host.Host;
        return IsLoopbackName(name) || IsPublic(name)
            ? null
            : "Authentication is off, so this host answers only to localhost and to the host name of PublicUrl.";
    }

    private bool IsPublic(string name) => publicUrl is not null
        && (string.Equals(name, publicUrl.Host, StringComparison.OrdinalIgnoreCase)
            || string.Equals(name, publicUrl.IdnHost, StringComparison.OrdinalIgnoreCase));
}
