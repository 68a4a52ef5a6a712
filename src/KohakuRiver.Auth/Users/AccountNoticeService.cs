using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <summary>
/// Shows users what recently happened to their own account, from the audit log (OWASP ASVS 6.3.5, 6.3.7). The master secret and
/// disabled authentication have no account: Forbidden.
/// </summary>
internal sealed class AccountNoticeService(IUserStore users, IAuditStore audit, TimeProvider clock)
{
    private const int Shown = 5;
    private static readonly TimeSpan Span = TimeSpan.FromDays(30);

    // Failures are queried separately, so that a flood of them hides no change.
    private static readonly string[] Changes = ["auth.password", "user", "identity"];

    /// <summary>The notices of the last 30 days. Refusals: Unauthenticated, Forbidden (no account).</summary>
    public async Task<KohakuResult<AccountNotices>> GetAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        var decision = AccessRules.OwnAccount(actor);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        if (await users.FindPasswordAsync(actor.Id!.Value, cancellationToken) is not { User: var user } record)
        {
            return Refusals.Unauthenticated;
        }

        // Entries are found by name: what happened to an earlier account of the same name does not concern this one.
        var since = clock.GetInstant() - Span;
        since = user.CreatedAt > since ? user.CreatedAt : since;
        var query = new AuditQuery { Target = user.Username, From = since, Page = new PageRequest(Shown) };
        var failed = await audit.ListAsync(query with { Action = AuditActions.Login, Outcome = AuditOutcome.Failure }, cancellationToken);
        var changes = new List<AuditEntry>();
        foreach (var action in Changes)
        {
            changes.AddRange(
                (await audit.ListAsync(query with { Action = action, Outcome = AuditOutcome.Success }, cancellationToken)).Items);
        }

        return new AccountNotices(
            since, failed.Total, failed.Items, [.. changes.Where(e => e.TargetType == "user").OrderByDescending(e => e.At).Take(Shown)],
            record.HasPassword);
    }
}
