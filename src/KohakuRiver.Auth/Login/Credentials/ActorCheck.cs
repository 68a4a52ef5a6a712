using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <summary>
/// Whether the credential behind an actor still holds, for what is no write of a store: those check it inside their transaction
/// (<see cref="AuthorizedWrite"/>).
/// </summary>
internal sealed class ActorCheck(
    IUserStore users, ISessionStore sessions, ITokenStore tokens, IIdentityStore identities, TimeProvider clock)
{
    /// <summary>Why the actor may act no more; null where it may, or no stored credential is behind it.</summary>
    /// <exception cref="StoreUnavailableException">The store is unavailable.</exception>
    internal async Task<Refusal?> RefuseAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (ActingCredential.Of(actor) is not { } credential)
        {
            // Asked all the same: what follows may be done only while it can also be recorded.
            await users.AnyAsync(cancellationToken);
            return null;
        }

        var user = await users.FindAsync(credential.UserId, cancellationToken);
        return user is not { IsActive: true } || !await HoldsAsync(credential, cancellationToken) ? Refusals.Unauthenticated
            : user.RoleInForce < credential.Role ? Refusals.RoleTooLow
            : null;
    }

    private async Task<bool> HoldsAsync(ActingCredential credential, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        return credential.Kind switch
        {
            ActorKind.Session => (await sessions.ListAsync(credential.UserId, now, cancellationToken)).Any(s => s.Id == credential.Id),
            ActorKind.Token => await tokens.FindAsync(credential.Id, cancellationToken) is { } token
                && token.Owner.Id == credential.UserId && !(token.ExpiresAt <= now),
            _ => (await identities.ListAsync(credential.UserId, cancellationToken)).Any(i => i.Id == credential.Id),
        };
    }
}
