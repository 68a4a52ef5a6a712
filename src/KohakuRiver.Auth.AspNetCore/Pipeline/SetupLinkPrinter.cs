using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Checks where the host listens once it does, and prints the setup link while there is no admin. The link goes to the console, past the
/// logging system, because logs are kept and shipped.
/// </summary>
internal sealed class SetupLinkPrinter(
    IRegistrationService registrations, IServer server, IOptions<KohakuAuthOptions> options, IOptions<KohakuAuthHttpOptions> http,
    LinkedPages pages, ListeningCheck listening, ILogger<SetupLinkPrinter> logger)
    : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Not before: services that the host registers after the library may make the first admin in their own start.
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        listening.Run();
        if (await registrations.CreateSetupCodeAsync(cancellationToken) is { } code)
        {
            http.Value.SetupLinkOutput($"{BaseAddress()}{pages.Setup}?code={code.Reveal()}");
            logger.SetupLinkPrinted();
        }
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private string BaseAddress()
    {
        if (options.Value.PublicUrl is { } url)
        {
            return url.ToString().TrimEnd('/');
        }

        // A wildcard address is good for listening, not for a link.
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost";
        return Reachable(address).TrimEnd('/') + http.Value.PathBase?.TrimEnd('/');
    }

    private static string Reachable(string address) =>
        address.Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("[::]", "localhost", StringComparison.Ordinal)
            .Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal);
}
