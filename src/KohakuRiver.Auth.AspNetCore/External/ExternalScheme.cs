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
        return result.Succeeded && map(result.Principal) is { } principal
            ? ExternalPerson.OfScheme(name, principal.Subject ?? "", principal.LoginName, principal.DisplayName)
            : null;
    }

    /// <summary>
    /// The usual claims: the id from <c>nameidentifier</c> or <c>sub</c>, the login name from <c>name</c> or <c>preferred_username</c>.
    /// </summary>
    internal static ExternalPrincipal? UsualClaims(ClaimsPrincipal user)
    {
        var subject = user.FindFirst(ClaimTypes.NameIdentifier) ?? user.FindFirst("sub");
        var name = user.Identity?.Name ?? user.FindFirst("preferred_username")?.Value;
        return subject is null ? null : new ExternalPrincipal(subject.Value, name, user.FindFirst("name")?.Value ?? name);
    }

    private static ExternalPrincipalOptions Configured(Action<ExternalPrincipalOptions>? configure)
    {
        var options = new ExternalPrincipalOptions();
        configure?.Invoke(options);
        return options;
    }
}
