using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth.Testing;

/// <summary>Puts <see cref="ActAsMiddleware"/> first in the host's pipeline.</summary>
internal sealed partial class ActAsStartupFilter(IHostEnvironment environment, ILogger<ActAsStartupFilter> logger) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        if (environment.IsProduction())
        {
            WarnInProduction(logger);
        }

        app.UseMiddleware<ActAsMiddleware>();
        next(app);
    };

    [LoggerMessage(6001, LogLevel.Warning, "AddKohakuAuthTesting is in force: accounts are kept in memory and passwords are not "
        + "protected. For tests only")]
    private static partial void WarnInProduction(ILogger logger);
}
