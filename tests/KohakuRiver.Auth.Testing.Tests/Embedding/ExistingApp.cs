using System.Security.Claims;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Testing.Tests.Embedding;

/// <summary>An app that had cookie logins of its own before it got the user side of a cluster.</summary>
internal static class ExistingApp
{
    internal static WebApplication Build(WebApplicationBuilder builder, Action<IServiceCollection> stores)
    {
        // <snippet:coexist>
        // What the app had.
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        builder.Services.AddAuthorization(options => options.AddPolicy("either", policy => policy
            .AddAuthenticationSchemes(CookieAuthenticationDefaults.AuthenticationScheme, KohakuAuthDefaults.Scheme)
            .RequireAuthenticatedUser()));

        // What it gets.
        builder.Services.AddKohakuAuth(builder.Configuration.GetSection("KohakuAuth"))
            .AddAspNetCore()
            .AddAdminPanel()
            .AddPermission(new Permission("reports.view", Role.Operator, "View reports"));
        // </snippet:coexist>
        stores(builder.Services);
        var app = builder.Build();

        // <snippet:coexist-pipeline>
        app.UsePathBase("/cluster");
        app.UseRouting();
        app.UseAuthentication();
        app.UseKohakuAuth();
        app.UseAuthorization();
        app.MapKohakuAuth("/people-api");
        app.MapKohakuAdminPanel("/people");
        // </snippet:coexist-pipeline>

        // <snippet:coexist-gates>
        // The app's own people, as before: its default scheme is still its default.
        app.MapGet("/invoices", (ClaimsPrincipal user) => $"Invoices of {user.Identity!.Name}").RequireAuthorization();

        // The cluster's people.
        app.MapGet("/reports", (Actor actor) => $"Reports for {actor.Username}").RequirePermission("reports.view");

        // Both: whoever is known to one of the two.
        app.MapGet("/news", (ClaimsPrincipal user) => $"News for {string.Join(" and ", user.Identities.Select(i => i.Name))}")
            .RequireAuthorization("either");
        // </snippet:coexist-gates>

        // <snippet:coexist-both>
        // Whoever is logged in to both: an identity of each, and then the permission.
        app.MapGet("/payroll", (Actor actor) => $"Payroll for {actor.Username}")
            .RequireAuthorization(policy => policy
                .AddAuthenticationSchemes(CookieAuthenticationDefaults.AuthenticationScheme, KohakuAuthDefaults.Scheme)
                .RequireAssertion(context => context.User.Identities.Any(
                    identity => identity.AuthenticationType == CookieAuthenticationDefaults.AuthenticationScheme)))
            .RequirePermission("reports.view");
        // </snippet:coexist-both>

        app.MapPost("/own-login", (HttpContext http, string name) => http.SignInAsync(
            new ClaimsPrincipal(
                new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], CookieAuthenticationDefaults.AuthenticationScheme))));
        return app;
    }
}
