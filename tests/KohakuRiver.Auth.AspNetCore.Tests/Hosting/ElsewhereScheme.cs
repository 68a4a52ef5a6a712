using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore.Tests;

/// <summary>A scheme of the host's by which every request is one and the same person, who is linked to nobody.</summary>
internal sealed class ElsewhereScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    internal const string Name = "Cookies";

    /// <summary>The setup with the scheme.</summary>
    internal static HostSetup AddTo(HostSetup setup) => setup with
    {
        Services = services => services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, ElsewhereScheme>(Name, "Intranet", null),
        Auth = setup.Auth + (auth => auth.AddExternalPrincipals(Name)),
    };

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.Success(
        new AuthenticationTicket(
            new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", "4711"), new Claim(ClaimTypes.Name, "ada@uni.edu")], Name)), Name)));
}
