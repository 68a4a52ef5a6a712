using System.Security.Claims;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// The identity that the scheme creates. It leads back to the actor where there is no request to ask, as in a Blazor circuit, and no other
/// scheme can create one: what the claims say is for the host to read, and decides nothing here.
/// </summary>
/// <remarks>
/// A user without any permission, or who has to change the password first, has one that is not authenticated: a host's plain
/// <c>[Authorize]</c> asks for nothing else, and would let them in. It is the type that says so, which copies of the identity keep.
/// </remarks>
internal sealed class ActorIdentity : ClaimsIdentity
{
    internal ActorIdentity(RequestActor state, IEnumerable<Claim> claims)
        : base(
            claims,
            AccessRules.RequireRole(state.Actor, Role.Anony).IsAllowed ? KohakuAuthDefaults.Scheme : null,
            ClaimTypes.Name,
            ClaimTypes.Role) => State = state;

    private ActorIdentity(ActorIdentity other)
        : base(other) => State = other.State;

    /// <summary>What the credentials resolved to when the identity was created.</summary>
    internal RequestActor State { get; }

    /// <summary>What the library knows of a principal; null for one that is not the library's.</summary>
    internal static RequestActor? StateOf(ClaimsPrincipal user) => user.Identities.OfType<ActorIdentity>().FirstOrDefault()?.State;

    /// <inheritdoc />
    public override ClaimsIdentity Clone() => new ActorIdentity(this);
}
