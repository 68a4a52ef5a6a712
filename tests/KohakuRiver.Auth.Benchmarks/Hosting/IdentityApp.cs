using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Benchmarks.Hosting;

/// <summary>ASP.NET Core Identity with its own API endpoints over EF Core and SQLite, as its documentation sets it up.</summary>
internal static class IdentityApp
{
    private const string Email = "worker@example.test";
    private const string Password = "Correct-horse-1-battery";

    /// <summary>Starts the app and gives a bearer token and a cookie (<c>name=value</c>) of one user.</summary>
    public static async Task<(WebApplication App, string Bearer, string Cookie)> StartAsync(string folder)
    {
        var builder = PlainApp.CreateBuilder(folder);
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddDbContext<Users>(o => o.UseSqlite($"Data Source={Path.Combine(folder, "identity.db")}"));
        builder.Services.AddAuthorization();
        builder.Services.AddIdentityApiEndpoints<IdentityUser>().AddEntityFrameworkStores<Users>();
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapIdentityApi<IdentityUser>();
        app.MapWork().RequireAuthorization();
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<Users>().Database.EnsureCreatedAsync();
            var made = await scope.ServiceProvider.GetRequiredService<UserManager<IdentityUser>>()
                .CreateAsync(new IdentityUser { UserName = Email, Email = Email }, Password);
            if (!made.Succeeded)
            {
                throw new InvalidOperationException(made.ToString());
            }
        }

        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Root()) };
        using var bearer = await client.PostAsJsonAsync(new Uri("/login", UriKind.Relative), new { email = Email, password = Password });
        using var cookie = await client.PostAsJsonAsync(
            new Uri("/login?useCookies=true", UriKind.Relative), new { email = Email, password = Password });
        var token = (await bearer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken")
            .GetString()!;
        return (app, token, cookie.EnsureSuccessStatusCode().Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
    }

    private sealed class Users(DbContextOptions<Users> options) : IdentityDbContext<IdentityUser>(options);
}
