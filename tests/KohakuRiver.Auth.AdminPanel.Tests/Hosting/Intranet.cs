using System.Security.Claims;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AdminPanel.Tests.Hosting;

/// <summary>A host whose users have a sign-in of its own already, by a cookie.</summary>
internal static class Intranet
{
    internal const string Provider = "scheme:" + CookieAuthenticationDefaults.AuthenticationScheme;

    internal static Task<PanelHost> StartAsync(
        Action<KohakuAuthOptions>? configure = null, Action<ExternalPrincipalOptions>? external = null, bool withUsers = true) =>
        PanelHost.StartAsync(
            configure,
            withUsers: withUsers,
            services: s => s.AddAuthentication()
                .AddCookie(CookieAuthenticationDefaults.AuthenticationScheme, "The <Intranet>", _ => { }),
            build: a => a.AddExternalPrincipals(CookieAuthenticationDefaults.AuthenticationScheme, configure: external),
            map: app =>
            {
                app.MapGet("/intranet/who", (ClaimsPrincipal user) => user.Identity?.Name ?? "nobody");
                app.MapGet("/intranet/{name}", (string name) => Results.SignIn(
                    new ClaimsPrincipal(new ClaimsIdentity(
                        [new(ClaimTypes.NameIdentifier, "id of " + name), new(ClaimTypes.Name, name)],
                        CookieAuthenticationDefaults.AuthenticationScheme)),
                    authenticationScheme: CookieAuthenticationDefaults.AuthenticationScheme));
            });

    internal static async Task SignInAsync(PanelClient client, string name) =>
        (await client.Http.GetAsync(new Uri("/intranet/" + name, UriKind.Relative))).EnsureSuccessStatusCode();

    /// <summary>Links somebody of the intranet to an account, as the host does it.</summary>
    internal static async Task LinkAsync(PanelHost host, User user, string name) => (await host.Get<IIdentityService>().LinkAsync(
        Actor.Host,
        user.Id,
        new ExternalPerson { Provider = Provider, Key = new IdentityKey(Provider, "id of " + name), LoginName = name })).Require();
}
