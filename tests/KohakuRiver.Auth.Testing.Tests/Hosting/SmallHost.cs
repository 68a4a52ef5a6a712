using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace KohakuRiver.Auth.Testing.Tests.Hosting;

/// <summary>A host of the test's own with the HTTP API and a page that says who is asking.</summary>
internal sealed class SmallHost : IAsyncDisposable
{
    internal const string MasterSecret = "the master secret of these tests only";

    private readonly WebApplication application;

    private SmallHost(WebApplication application) => this.application = application;

    internal IServiceProvider Services => application.Services;

    internal FakeTimeProvider Clock => Services.GetRequiredService<FakeTimeProvider>();

    /// <summary>Starts a host whose services are <paramref name="services"/>; null = those for tests.</summary>
    internal static async Task<SmallHost> StartAsync(Action<IServiceCollection>? services = null, string environment = "Production")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseTestServer();
        (services ?? (s =>
            s.AddKohakuAuthTesting(o => o.AdminSecret = MasterSecret).AddAspNetCore(o => o.SetupLinkOutput = _ => { })))(builder.Services);
        var app = builder.Build();
        app.UseKohakuAuth();
        app.MapKohakuAuth();
        app.MapGet("/who", (Actor actor) => $"{actor.Username} {actor.Role.ToName()} {actor.Kind} [{string.Join(',', actor.GroupIds)}]")
            .AllowAnonymous();
        app.MapPost("/work", () => "done").RequirePermission(Permissions.SubmitTasks);

        // <snippet:gate>
        app.MapGet("/api/jobs", (Actor actor) => $"Hello {actor.Username}").RequirePermission(Permissions.ViewTasks);
        // </snippet:gate>

        await app.StartAsync();
        return new SmallHost(app);
    }

    internal HttpClient Client() => application.GetTestClient();

    internal static Task<string> WhoAsync(HttpClient client) => client.GetStringAsync(new Uri("/who", UriKind.Relative));

    internal static async Task<int> WorkAsync(HttpClient client)
    {
        using var response = await client.PostAsync(new Uri("/work", UriKind.Relative), null);
        return (int)response.StatusCode;
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();
}
