using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <summary>Figures about the whole system. Those that need several counts are at most half a minute old.</summary>
internal sealed class OverviewService(
    IApprovalStore approvals, ISessionStore sessions, IUserStore users, IAuditStore audit, TimeProvider clock)
{
    private const int Days = 14;

    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(30);
    private static readonly Role[] Roles = [Role.Anony, Role.Viewer, Role.User, Role.Operator, Role.Admin];

    private readonly Cached<IReadOnlyList<KeyValuePair<Role, long>>> usersByRole = new();
    private readonly Cached<IReadOnlyList<DayOfLogins>> logins = new();

    /// <summary>Returns what the actor may see; refuses nobody.</summary>
    public async Task<Overview> GetAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        return new Overview
        {
            Pending = May(Permissions.ApproveTasks) ? await approvals.CountPendingAsync(cancellationToken) : null,
            ActiveSessions = May(Permissions.ManageUsers) ? await sessions.CountAsync(clock.GetInstant(), cancellationToken) : null,
            UsersByRole = May(Permissions.ListUsers)
                ? await usersByRole.GetAsync(clock, FreshFor, () => CountUsersAsync(cancellationToken))
                : null,
            Logins = May(Permissions.ViewAudit) ? await logins.GetAsync(clock, FreshFor, () => CountLoginsAsync(cancellationToken)) : null,
        };

        bool May(Permission permission) => AccessRules.Decide(actor, permission).IsAllowed;
    }

    private async Task<IReadOnlyList<KeyValuePair<Role, long>>> CountUsersAsync(CancellationToken cancellationToken)
    {
        var counts = new List<KeyValuePair<Role, long>>();
        foreach (var role in Roles)
        {
            var page = await users.ListAsync(
                new UserQuery { Role = role, Page = new PageRequest(1) }, clock.GetInstant(), cancellationToken);
            counts.Add(new(role, page.Total));
        }

        return counts;
    }

    private async Task<IReadOnlyList<DayOfLogins>> CountLoginsAsync(CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(clock.GetInstant().UtcDateTime);
        var days = new List<DayOfLogins>();
        for (var day = today.AddDays(1 - Days); day <= today; day = day.AddDays(1))
        {
            days.Add(new DayOfLogins(day, await CountAsync(day, AuditOutcome.Success, cancellationToken),
                await CountAsync(day, AuditOutcome.Failure, cancellationToken)));
        }

        return days;
    }

    private async Task<long> CountAsync(DateOnly day, AuditOutcome outcome, CancellationToken cancellationToken)
    {
        var from = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var query =
            new AuditQuery { Action = AuditActions.Login, Outcome = outcome, From = from, To = from.AddDays(1), Page = new PageRequest(1) };
        return (await audit.ListAsync(query, cancellationToken)).Total;
    }

    // Two callers may count at the same time; both are right.
    private sealed class Cached<T>
        where T : class
    {
        private volatile Entry? last;

        internal async Task<T> GetAsync(TimeProvider clock, TimeSpan freshFor, Func<Task<T>> read)
        {
            if (last is { } held && clock.GetElapsedTime(held.ReadAt) < freshFor)
            {
                return held.Value;
            }

            var readAt = clock.GetTimestamp();
            var value = await read();
            last = new Entry(value, readAt);
            return value;
        }

        private sealed record Entry(T Value, long ReadAt);
    }
}
