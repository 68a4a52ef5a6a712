using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Checks what the server listens on once it does: what is plainly unsafe fails the start, what may be right behind something that is not
/// visible from here is warned of.
/// </summary>
internal sealed class ListeningCheck(
    IServer server, IOptions<KohakuAuthOptions> options, TrustedProxies proxies, PlainHttp plainHttp, IServiceProvider services,
    ILogger<ListeningCheck> logger)
{
    // With this the framework trusts everybody's forwarded headers; in the environment its name begins with ASPNETCORE_.
    private const string ForwardedHeadersKey = "FORWARDEDHEADERS_ENABLED";

    /// <exception cref="OptionsValidationException">The host must not run like this.</exception>
    internal void Run()
    {
        var auth = options.Value;
        if (!auth.Enabled)
        {
            RefuseAuthOffForOthers(auth);
            return;
        }

        var believesEverybody = string.Equals(
            services.GetService<IConfiguration>()?[ForwardedHeadersKey], "true", StringComparison.OrdinalIgnoreCase);
        if (believesEverybody)
        {
            logger.ForwardedHeadersOfEverybody();
        }

        if (proxies.Wide.ToList() is { Count: > 0 } wide)
        {
            logger.WideTrustedProxies(string.Join(", ", wide));
        }

        if (plainHttp.ExposedAddresses() is { Count: > 0 } exposed)
        {
            logger.PlainHttpBeyondThisMachine(string.Join(", ", exposed));
        }

        var addresses = Addresses();
        if (addresses.Exists(IsSocket) && !proxies.TrustsUnix)
        {
            logger.UnixSocketNotTrusted();
        }

        if (auth.PublicUrl?.Scheme == Uri.UriSchemeHttps && proxies.IsEmpty && !believesEverybody
            && addresses.Exists(a => !IsSocket(a)) && !addresses.Exists(a => a.StartsWith("https://", StringComparison.OrdinalIgnoreCase)))
        {
            logger.PublicUrlWithoutHttps(string.Join(", ", addresses));
        }
    }

    private void RefuseAuthOffForOthers(KohakuAuthOptions auth)
    {
        if (auth.AllowAuthOffBeyondThisMachine
            || Addresses().Where(a => !IsSocket(a) && !IsThisMachine(a)).ToList() is not { Count: > 0 } others)
        {
            return;
        }

        throw new OptionsValidationException(Options.DefaultName, typeof(KohakuAuthOptions),
        [
            $"{KohakuAuthOptions.SectionName}:{nameof(auth.Enabled)} is false, which makes everybody an admin, and the server listens on "
            + $"{string.Join(", ", others)}, where other machines reach it. Listen on localhost, or set "
            + $"{KohakuAuthOptions.SectionName}:{nameof(auth.AllowAuthOffBeyondThisMachine)} to true.",
        ]);
    }

    private List<string> Addresses() => [.. server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []];

    private static bool IsSocket(string address) =>
        address.Contains("://unix:", StringComparison.OrdinalIgnoreCase)
        || address.Contains("://pipe:", StringComparison.OrdinalIgnoreCase);

    // Wildcards such as http://*:80 and http://+:80 are no addresses of a URI, and stand for all of them.
    private static bool IsThisMachine(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback;
}
