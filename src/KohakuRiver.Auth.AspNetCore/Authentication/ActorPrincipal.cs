using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// The principal hosts see. Decisions are made from the <see cref="Actor"/>, never from these claims; no secret is among them.
/// </summary>
internal static class ActorPrincipal
{
    internal static ClaimsPrincipal Create(RequestActor state)
    {
        var actor = state.Actor;
        return new(new ActorIdentity(
            state,
            [
                new Claim(ClaimTypes.NameIdentifier, (actor.Id ?? 0).ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer64),
                new Claim(ClaimTypes.Name, actor.Username),
                new Claim(ClaimTypes.Role, actor.Role.ToName()),
                new Claim(KohakuAuthDefaults.KindClaim, KindOf(actor.Kind)),
            ]));
    }

    /// <summary>The ticket of a principal. It says when the credential ends at the latest; what is revoked ends before.</summary>
    internal static AuthenticationTicket Ticket(RequestActor state, ClaimsPrincipal principal) =>
        new(principal, new AuthenticationProperties { ExpiresUtc = state.Actor.CredentialExpiresAt }, KohakuAuthDefaults.Scheme);

    private static string KindOf(ActorKind kind) => kind switch
    {
        ActorKind.Session => "session",
        ActorKind.Token => "token",
        ActorKind.External => "external",
        ActorKind.MasterSecret => "master_secret",
        ActorKind.AuthOff => "auth_off",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No request leads to such an actor."),
    };
}
