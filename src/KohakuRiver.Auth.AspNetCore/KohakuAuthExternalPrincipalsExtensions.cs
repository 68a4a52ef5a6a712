using System.Security.Claims;
using KohakuRiver.Auth;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>KohakuRiver.Auth and the users a host has already.</summary>
public static class KohakuAuthExternalPrincipalsExtensions
{
    /// <summary>
    /// Lets the users of another authentication scheme of the host (its cookie, JWT, ASP.NET Core Identity) use panel and API without a
    /// second password. They are found by scheme and subject alone. Needs <c>AddAspNetCore()</c>.
    /// </summary>
    /// <remarks>
    /// <para>A request is asked for these schemes, in the order of the calls, where it carries no good credential of the library. Whoever
    /// is linked acts as the account, with its role as it is now; whoever is not is anonymous here, or gets an account with
    /// <see cref="ExternalPrincipalOptions.CreateAs"/>. Linked by the user on the account page or by
    /// <c>POST /auth/identities/{provider}</c>, confirmed by the account's password, or by the host with <c>IIdentityService</c>.</para>
    /// <para>What a browser sends by itself counts only where the page is of this site, as with the library's own session; a request with
    /// an <c>Authorization: Bearer</c> header is none of these, because no other site can send one.</para>
    /// <para>Each request of somebody who is signed in and not linked costs one look-up in the database.</para>
    /// </remarks>
    /// <param name="builder">From <c>AddKohakuAuth</c>.</param>
    /// <param name="scheme">
    /// The name of the scheme that keeps people signed in, such as <c>Cookies</c>, <c>Bearer</c> or <c>Identity.Application</c>. One that
    /// brings them in from elsewhere (OpenID Connect, OAuth) is refused at start.
    /// </param>
    /// <param name="map">
    /// Gives subject, login name and display name of an authenticated user; null from it: not for this library. Null, the default: the
    /// usual claims (<c>nameidentifier</c> or <c>sub</c>; <c>name</c> or <c>preferred_username</c>), with the subject <c>ISSUER|ID</c>
    /// where the claim has an issuer other than <see cref="ClaimsIdentity.DefaultIssuer"/>: ids are unique only at who gave them out, which
    /// a map of one's own has to mind too. Called on each request, so it must be quick; what it throws fails the request.
    /// </param>
    /// <param name="configure">Sets the options.</param>
    public static KohakuAuthBuilder AddExternalPrincipals(
        this KohakuAuthBuilder builder, string scheme, Func<ClaimsPrincipal, ExternalPrincipal?>? map = null,
        Action<ExternalPrincipalOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(scheme);
        builder.Services.AddSingleton(new ExternalScheme(scheme, map ?? ExternalScheme.UsualClaims, configure));
        builder.Services.TryAddSingleton<ExternalPrincipals>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ExternalSchemeCheck>());
        return builder;
    }
}
