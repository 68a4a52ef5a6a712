using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>One scheme of the host whose users are met here.</summary>
internal sealed class ExternalScheme(
    string name, Func<ClaimsPrincipal, ExternalPrincipal?> map, Action<ExternalPrincipalOptions>? configure)
{
    /// <summary>The scheme's name.</summary>
    internal string Name => name;

    internal string Provider { get; } = ExternalPerson.ProviderOf(name);

    internal ExternalPrincipalOptions Options { get; } = Configured(configure);

    /// <summary>Who a request is by this scheme; null for nobody.</summary>
    internal ExternalPerson? PersonOf(AuthenticateResult result)
    {
        return result.Succeeded && IsSomebodyOfTheirs(result.Principal) && map(result.Principal) is { } principal
            ? ExternalPerson.OfScheme(name, principal.Subject ?? "", principal.LoginName, principal.DisplayName)
            : null;
    }

    /// <summary>
    /// The usual claims: the id from <c>nameidentifier</c> or <c>sub</c>, the login name from <c>name</c> or <c>preferred_username</c>.
    /// An id that another issuer gave out counts together with that issuer's name: one cookie may keep people of several, whose ids are
    /// unique only at each.
    /// </summary>
    internal static ExternalPrincipal? UsualClaims(ClaimsPrincipal user)
    {
        // What an identity says that nobody has authenticated, such as a guest's, is no proof of anything.
        var known = new ClaimsPrincipal(user.Identities.Where(i => i.IsAuthenticated));
        var subject = known.FindFirst(ClaimTypes.NameIdentifier) ?? known.FindFirst("sub");
        var name = known.Identity?.Name ?? known.FindFirst("preferred_username")?.Value;
        return subject is null ? null : new ExternalPrincipal(IdOf(subject), name, known.FindFirst("name")?.Value ?? name);
    }

    private static string IdOf(Claim subject) => subject.Value.Length == 0 || subject.Issuer == ClaimsIdentity.DefaultIssuer
        ? subject.Value
        : $"{subject.Issuer}|{subject.Value}";

    // A scheme may pass requests on to ours, and a guest may have a principal: neither is a user of the host's. An id of ours taken for
    // one of theirs would lead whoever has that id there to the account of somebody else.
    private static bool IsSomebodyOfTheirs(ClaimsPrincipal user) =>
        ActorIdentity.StateOf(user) is null && user.Identities.Any(i => i.IsAuthenticated);

    private static ExternalPrincipalOptions Configured(Action<ExternalPrincipalOptions>? configure)
    {
        var options = new ExternalPrincipalOptions();
        configure?.Invoke(options);
        return options;
    }
}
