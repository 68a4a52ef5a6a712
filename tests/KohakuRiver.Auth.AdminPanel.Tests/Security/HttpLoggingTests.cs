using System.Collections.Concurrent;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth.AdminPanel.Tests.Security;

/// <summary>A host that logs requests with everything in them logs no secret of the panel's pages and forms.</summary>
public sealed class HttpLoggingTests
{
    [Theory]
    [InlineData("")]
    [InlineData("/cluster")]
    public async Task HostsHttpLogging_OfEverything_HoldsNoSecretOfThePanel(string pathBase)
    {
        using var log = new Lines();
        await using var host = await PanelHost.StartAsync(pathBase: pathBase, services: services =>
        {
            services.AddLogging(logging => logging.AddProvider(log));
            services.AddSingleton<IStartupFilter, LogsFirst>();
            services.AddHttpLogging(o =>
            {
                o.LoggingFields = HttpLoggingFields.All | HttpLoggingFields.RequestQuery;
                o.MediaTypeOptions.AddText("application/x-www-form-urlencoded");
            });
        });
        const string mine = "nine tall ladders at noon";
        var invitation = (await host.Get<IInvitationService>().CreateAsync(
            Actor.Host, new CreateInvitationCommand { Role = Role.User, MaxUses = 1, ExpiresHours = 24 })).Require().Secret.Reveal();
        using var client = new PanelClient(host);
        await client.ReadAsync("/register?token=" + invitation);
        using var registered = await client.PostAsync(
            "/register", ("invitation_code", invitation), ("username", "newcomer"), ("display_name", ""), ("password", mine));
        using var made = await client.PostWithAsync(
            await client.TokenAsync("/tokens"), "/tokens", ("name", "ci"), ("expiry", "30"), ("expires_on", ""));
        using var missing = await client.GetAsync("/reset?code=" + invitation);
        var page = await made.Content.ReadAsStringAsync();
        var token = page[(page.IndexOf("krt_", StringComparison.Ordinal) + 8)..][..45];

        Assert.Contains(log.All, l => l.Contains("/register", StringComparison.Ordinal));
        Assert.NotNull(client.SessionCookie);
        string[] secrets = [mine, invitation[8..], client.SessionCookie[8..], token];
        Assert.All(secrets, secret => Assert.DoesNotContain(log.All, l => l.Contains(secret, StringComparison.Ordinal)));
    }

    private sealed class LogsFirst : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseHttpLogging();
            next(app);
        };
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        internal ConcurrentQueue<string> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => categoryName.Contains("HttpLogging", StringComparison.Ordinal)
            ? this
            : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
