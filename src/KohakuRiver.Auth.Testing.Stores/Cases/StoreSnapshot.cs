using System.Globalization;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>
/// All that can be read of a store set, as text lines without ids, so that two stores that count differently can be
/// compared. Throttle counters cannot be read and codes are looked up by hash.
/// </summary>
internal static class StoreSnapshot
{
    // No session is expired then, so that expired ones are listed too.
    private static readonly DateTimeOffset Early = DateTimeOffset.UnixEpoch;

    private static readonly PageRequest Everything = new(10_000);

    public static async Task<IReadOnlyList<string>> ReadAsync(
        KohakuStoreSet set, IReadOnlyCollection<string> vpsIds, IEnumerable<SecretHash> codes, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        var users = await set.Users.ListAsync(new UserQuery { Page = Everything }, Early, cancellationToken);
        var names = users.Items.ToDictionary(u => u.User.Id, u => u.User.Username);
        lines.Add(Line("totals", users.Total, users.Items.Count, await set.Users.AnyAsync(cancellationToken),
            await set.Users.AnyAdminAsync(cancellationToken)));
        foreach (var details in users.Items)
        {
            var u = details.User;
            var password = await set.Users.FindPasswordAsync(u.Id, cancellationToken);
            lines.Add(Line("user", u.Username, u.DisplayName, u.Language, u.Role, u.IsActive, u.CreatedAt, u.LastLoginAt, u.FailedLogins,
                u.LockedUntil, u.MustChangePassword, password?.PasswordHash, Names(details.Groups), details.ActiveSessions));
            foreach (var s in await set.Sessions.ListAsync(u.Id, Early, cancellationToken))
            {
                lines.Add(Line("session", Name(names, s.UserId), s.UserAgent, s.IpAddress, s.CreatedAt, s.LastSeenAt, s.ExpiresAt));
            }

            lines.AddRange((await set.Identities.ListAsync(u.Id, cancellationToken)).Select(i => Line(
                "identity", Name(names, i.UserId), i.Provider, i.Key.Issuer, i.Key.Subject, i.LoginName, i.LinkedAt, i.SeenAt)));
        }

        var tokens = (await set.Tokens.ListAsync(null, Everything, cancellationToken)).Items;
        var prefixes = tokens.ToDictionary(t => t.Id, t => t.Prefix);
        lines.AddRange(tokens.Select(t => Line(
            "token", t.Owner.Username, t.Name, t.Prefix, t.CreatedAt, t.LastUsedAt, t.ExpiresAt, t.ParentId is { } id
                ? prefixes.GetValueOrDefault(id, "gone")
                : null)));
        lines.AddRange((await set.Groups.ListAsync(Everything, cancellationToken)).Items.Select(g => Line(
            "group", g.Name, g.Description, g.Tier, string.Join(',', g.Limits.Select(l => l.Key + "=" + Text(l.Value))), g.MemberCount,
            g.CreatedAt)));
        lines.AddRange((await set.Invitations.ListAsync(null, Everything, cancellationToken)).Items.Select(i => Line(
            "invitation", i.Prefix, i.Role, i.Group?.Name, i.MaxUses, i.Uses, i.ExpiresAt, Name(names, i.CreatedById), i.CreatedBy,
            i.CreatedAt)));
        lines.AddRange(
            (await set.Approvals.ListAsync(new ApprovalQuery { Page = Everything }, cancellationToken)).Items.Select(a => Of(a, names)));
        var backlog = await set.Approvals.ReadBacklogAsync(cancellationToken);
        lines.Add(Line("pending", await set.Approvals.CountPendingAsync(cancellationToken), backlog.Count, backlog.OldestDecidedAt));
        lines.AddRange((await set.VpsAssignments.ListAsync(vpsIds, cancellationToken)).Select(v => Line(
            "vps", v.VpsId, v.User?.Username, v.UserDisplayName, v.Group?.Name, v.AssignedAt)));
        foreach (var hash in codes)
        {
            var code = await set.Codes.FindAsync(hash, cancellationToken);
            lines.Add(Line("code", code?.Purpose, code?.User?.Username, code?.ExpiresAt));
        }

        lines.AddRange((await set.Settings.ReadAsync(cancellationToken)).OrderBy(s =>
            s.Key, StringComparer.Ordinal).Select(s => Line("setting", s.Key, s.Value)));
        await foreach (var e in set.Audit.StreamAsync(new AuditQuery(), cancellationToken))
        {
            lines.Add(Line("audit", e.At, e.Actor, e.Credential, e.IpAddress, e.Action, e.TargetType, e.Target, e.Outcome, e.Detail,
                e.OperationId));
        }

        return lines;
    }

    private static string Of(Approval a, Dictionary<long, string> names) => Line(
        "approval",
        a.Task.TaskId,
        a.Task.TaskType,
        a.Task.Command,
        string.Join('\u001f', a.Task.Arguments),
        a.Task.RequiredCores,
        a.Task.RequiredMemoryBytes,
        string.Join(',', a.Task.RequiredGpus),
        a.Task.TargetNode,
        string.Join(',', a.Task.Details.Select(d => d.Key + "=" + d.Value)),
        string.Join(',', a.Task.SecretDetails),
        a.ContentRemoved,
        Name(names, a.SubmitterId),
        a.Submitter,
        a.SubmittedAt,
        a.Status,
        Name(names, a.DecidedById),
        a.DecidedBy,
        a.DecidedAt,
        a.Reason,
        a.DeliveredAt,
        a.DeliveryAttempts);

    private static string? Name(Dictionary<long, string> names, long? id) =>
        id is { } known ? names.GetValueOrDefault(known, "gone") : null;

    private static string Names(IEnumerable<GroupRef> groups) => string.Join(',', groups.Select(g => g.Name));

    private static string Line(string kind, params IEnumerable<object?> fields) => kind + " | " + string.Join(" | ", fields.Select(Text));

    private static string Text(object? field) => field switch
    {
        null => "-",
        DateTimeOffset at => at.ToString("O", CultureInfo.InvariantCulture),
        _ => Convert.ToString(field, CultureInfo.InvariantCulture) ?? "-",
    };
}
