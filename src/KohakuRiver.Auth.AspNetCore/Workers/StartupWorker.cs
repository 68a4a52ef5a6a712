using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Makes the stores ready before the host listens, and prints the set-up link once it does. The link goes to the console, past the
/// logging system, because logs are kept and shipped.
/// </summary>
internal sealed class StartupWorker(
    StartupService startup, IServer server, IOptions<KohakuAuthOptions> options, IOptions<KohakuAuthHttpOptions> http,
    ListeningCheck listening, ILogger<StartupWorker> logger)
    : IHostedLifecycleService
{
    private SecretText? setupCode;

    public async Task StartingAsync(CancellationToken cancellationToken) => setupCode = await startup.StartAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        listening.Run();
        if (setupCode is { } code)
        {
            http.Value.SetupLinkOutput($"{BaseAddress()}{http.Value.SetupPath}?code={code.Reveal()}");
            logger.SetupLinkPrinted();
            setupCode = null;
        }

        return Task.CompletedTask;
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
        return address.Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("[::]", "localhost", StringComparison.Ordinal)
            .Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal).TrimEnd('/');
    }
}
