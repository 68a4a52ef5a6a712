using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <summary>
/// Finds a few tokens among all that somebody may see: everybody's for those who manage users, their own for the others, and none for
/// those without an account.
/// </summary>
internal sealed class TokenFinder(ITokenStore tokens, TimeProvider clock)
{
    // As long as the prefix that is kept: what is longer is a whole token, and nothing of it is looked for.
    private const int LongestPrefix = 8;

    /// <summary>The newest whose text begins so.</summary>
    /// <param name="actor">Who looks.</param>
    /// <param name="prefix">The beginning; nothing begins with one that is empty or longer than what is kept.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    internal async Task<IReadOnlyList<ApiToken>> FindAsync(
        Actor actor, string prefix, int limit, CancellationToken cancellationToken = default) =>
        prefix.Length is > 0 and <= LongestPrefix
            ? await SearchAsync(actor, new TokenQuery { Prefix = prefix, Limit = limit }, cancellationToken)
            : [];

    /// <summary>Those of these ids that are still there.</summary>
    internal Task<IReadOnlyList<ApiToken>> FindAsync(
        Actor actor, IReadOnlyCollection<long> ids, CancellationToken cancellationToken = default) =>
        ids.Count == 0
            ? Task.FromResult<IReadOnlyList<ApiToken>>([])
            : SearchAsync(actor, new TokenQuery { Ids = ids, Limit = ids.Count }, cancellationToken);

    /// <summary>Those that end within a time from now, first the next to end.</summary>
    internal Task<IReadOnlyList<ApiToken>> ListEndingAsync(
        Actor actor, TimeSpan within, int limit, CancellationToken cancellationToken = default)
    {
        var now = clock.GetInstant();
        var query = new TokenQuery { ExpiresAfter = now, ExpiresBefore = now + within, Limit = limit };
        return SearchAsync(actor, query, cancellationToken);
    }

    private async Task<IReadOnlyList<ApiToken>> SearchAsync(Actor actor, TokenQuery query, CancellationToken cancellationToken)
    {
        if (AccessRules.Decide(actor, Permissions.ManageUsers).IsAllowed)
        {
            return await tokens.SearchAsync(query, cancellationToken);
        }

        return AccessRules.OwnAccount(actor).IsAllowed
            ? await tokens.SearchAsync(query with { UserId = actor.Id }, cancellationToken)
            : [];
    }
}
