using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <summary>Finds the user that an admin wants to act on.</summary>
internal static class UserGuard
{
    /// <summary>The user, or the refusal. Exactly one of the two is set.</summary>
    internal static async Task<(User? Target, Refusal? Refusal)> FindManagedAsync(
        this IUserStore users, Actor actor, long id, Func<Actor, User, Decision> rule, CancellationToken cancellationToken)
    {
        // The permission comes before the look-up, so that a 404 does not reveal whether an id exists.
        var manage = AccessRules.Decide(actor, Permissions.ManageUsers);
        if (!manage.IsAllowed)
        {
            return (null, manage.Refusal);
        }

        if (await users.FindAsync(id, cancellationToken) is not { } target)
        {
            return (null, Refusals.Hidden);
        }

        var decision = rule(actor, target);
        return decision.IsAllowed ? (target, null) : (null, decision.Refusal);
    }
}
