using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <summary>Figures about the whole system. Those that need several counts are at most half a minute old.</summary>
internal sealed class OverviewService(
    IApprovalStore approvals, ISessionStore sessions, IUserStore users, IAuditStore audit, TimeProvider clock)
{
    private const int Days = 14;

    private const int RecentShown = 8;
    private const int LockedShown = 5;

    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(30);
    private readonly Cached<IReadOnlyList<KeyValuePair<Role, long>>> usersByRole = new();
    private readonly Cached<IReadOnlyList<DayOfLogins>> logins = new();
    private readonly Cached<IReadOnlyList<User>> locked = new();

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
            Recent = May(Permissions.ViewAudit) ? await ListRecentAsync(cancellationToken) : null,
            Locked = May(Permissions.ManageUsers) ? await ListLockedAsync(cancellationToken) : null,
        };

        bool May(Permission permission) => AccessRules.Decide(actor, permission).IsAllowed;
    }

    // Read as they come: a page would count all entries there are.
    private async Task<IReadOnlyList<AuditEntry>> ListRecentAsync(CancellationToken cancellationToken)
    {
        var newest = new List<AuditEntry>(RecentShown);
        await foreach (var entry in audit.StreamAsync(new AuditQuery(), cancellationToken))
        {
            newest.Add(entry);
            if (newest.Count == RecentShown)
            {
                break;
            }
        }

        return newest;
    }

    // Looking for them goes through all users, so those found are remembered; but nobody is shown who has been unlocked since.
    private async Task<IReadOnlyList<User>> ListLockedAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        var found = await locked.GetAsync(clock, FreshFor, () => users.ListLockedAsync(now, LockedShown, cancellationToken));
        var still = new List<User>();
        foreach (var user in found)
        {
            if (await users.FindAsync(user.Id, cancellationToken) is { } known && known.LockedUntil > now)
            {
                still.Add(known);
            }
        }

        return still;
    }

    private async Task<IReadOnlyList<KeyValuePair<Role, long>>> CountUsersAsync(CancellationToken cancellationToken)
    {
        var counts = new List<KeyValuePair<Role, long>>();
        foreach (var role in Enum.GetValues<Role>())
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
