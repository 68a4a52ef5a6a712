using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>In a host that caches the answers of all its endpoints every visitor of the panel gets pages of their own.</summary>
public sealed class OutputCachingTests
{
    [Fact]
    public async Task LoginPage_OpenedByOneVisitor_IsNoOtherVisitors()
    {
        await using var host = await PanelHost.StartAsync(services: services =>
        {
            services.AddOutputCache(o => o.AddBasePolicy(p => p.Cache()));
            services.AddSingleton<IStartupFilter, CachesFirst>();
        });
        using var one = new PanelClient(host);
        using var other = new PanelClient(host);

        // At the second time no cookie is set any more, which alone would keep a cache away.
        await one.TokenAsync();
        var token = await one.TokenAsync();

        Assert.NotEqual(token, await other.TokenAsync());
        await other.LogInAsync("the-admin", PanelHost.Password);
    }

    private sealed class CachesFirst : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseOutputCache();
            next(app);
        };
    }
}
