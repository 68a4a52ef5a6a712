namespace KohakuRiver.Auth.Testing.Stores;

/// <content>Operations on approvals, assignments, settings and counters; lists.</content>
public abstract partial class RandomSequenceConformance
{
    private readonly List<string> taskIds = ["t1", "T1"];

    private Task SubmitAsync()
    {
        if (random.OneIn(2))
        {
            taskIds.Add("t" + NextNumber());
        }

        // A submitter that does not exist is the caller's mistake, so only living ones submit.
        var (user, draft, entry) = (Any(users), DraftApproval(null, SomeTaskId(), random.OneIn(4)), Entry());
        return BothAsync("submit " + draft.Task.TaskId, async (set, side) => Answer(
            await set.Approvals.TryAddAsync(draft with { SubmitterId = (await set.Users.FindAsync(user.Ids[side], Ct))?.Id, Submitter = user.Name }, entry, Ct),
            a => a.Status.ToString()));
    }

    private Task DecideAsync()
    {
        var (user, taskId, only, entry) = (Any(users), SomeTaskId(), random.OneIn(3), Entry());
        var decision = DraftDecision((ApprovalStatus)(1 + random.Next(3)), null, random.OneIn(2) ? "a reason" : null);
        return BothAsync($"decide {taskId} {decision.Status} only of {user.Name}: {only}", async (set, side) => Answer(
            await set.Approvals.TryDecideAsync(taskId, decision, only ? user.Ids[side] : null, entry, Ct),
            a => $"{a.Submitter} {a.Status} {a.Reason}"));
    }

    private Task LeaseAsync()
    {
        var (taskId, limit, now, until) = (random.OneIn(3) ? SomeTaskId() : null, 1 + random.Next(3), Now, Now.AddSeconds(random.Next(20)));
        return BothAsync("lease " + taskId, async (set, _) => string.Join(
            ',', (await set.Approvals.LeaseUndeliveredAsync(taskId, limit, now, until, Ct)).Select(a => $"{a.Task.TaskId} {a.DeliveryAttempts}")));
    }

    private Task DeliverAsync()
    {
        var (wanted, works, at) = (random.Next(4), random.OneIn(2), Tick());
        return BothAsync($"deliver works: {works}", async (set, _) =>
        {
            // Only decided tasks are ever delivered.
            var decided = (await set.Approvals.FindAsync(taskIds, Ct)).Where(a => a.DecidedAt is not null).OrderBy(a => a.DecidedAt).ToList();
            if (decided.Count <= wanted)
            {
                return "none";
            }

            var taskId = decided[wanted].Task.TaskId;
            await (works ? set.Approvals.MarkDeliveredAsync(taskId, at, Ct) : set.Approvals.MarkDeliveryFailedAsync(taskId, at.AddSeconds(3), Ct));
            return taskId;
        });
    }

    private Task AssignSomethingAsync()
    {
        var (vpsId, user, group, at, entry) = (random.Pick(VpsIds), Any(users), random.OneIn(2) ? Any(groups) : null, Tick(), Entry());
        return BothAsync($"assign {vpsId} to {group?.Name ?? user.Name}", async (set, side) => Answer(await set.VpsAssignments.TryAssignAsync(
            vpsId, group is null ? [user.Ids[side]] : [], group is null ? [] : [group.Ids[side]], at, entry, Ct)));
    }

    private Task UnassignAsync()
    {
        var (vpsId, user, group, entry) = (random.Pick(VpsIds), Any(users), random.OneIn(2) ? Any(groups) : null, Entry());
        return BothAsync($"unassign {vpsId} from {group?.Name ?? user.Name}", async (set, side) => $"{(group is null
            ? await set.VpsAssignments.TryUnassignUserAsync(vpsId, user.Ids[side], entry, Ct)
            : await set.VpsAssignments.TryUnassignGroupAsync(vpsId, group.Ids[side], entry, Ct))}");
    }

    private Task ForgetAsync()
    {
        var (vpsId, entry) = (random.Pick(VpsIds), Entry());
        return BothAsync("forget " + vpsId, async (set, _) => "removed " + await set.VpsAssignments.ForgetAsync(vpsId, entry, Ct));
    }

    private Task WriteSettingAsync()
    {
        var (name, value, entry) = ("setting" + random.Next(4), random.OneIn(3) ? null : $"{random.Next(9)}", Entry());
        return BothAsync($"set {name} to {value}", async (set, _) =>
        {
            await set.Settings.WriteAsync(new Dictionary<string, string?>(StringComparer.Ordinal) { [name] = value }, entry, Ct);
            return "";
        });
    }

    private Task ThrottleAsync()
    {
        var (bucket, back) = ("bucket" + random.Next(2), random.OneIn(4));
        var window = DateTimeOffset.UnixEpoch.AddDays(random.Next(2));
        return BothAsync($"throttle {bucket} back: {back}", async (set, _) =>
        {
            if (back)
            {
                await set.Throttle.GiveBackAsync(bucket, window, Ct);
                return "";
            }

            return $"{await set.Throttle.TryTakeAsync(bucket, window, 3, Ct)}";
        });
    }

    private Task ListUsersAsync()
    {
        var (group, now) = (random.OneIn(4) ? Any(groups) : null, Now);
        var query = new UserQuery
        {
            Search = random.OneIn(4) ? random.Pick(UserNames)[..1].ToUpperInvariant() : null,
            Role = random.OneIn(4) ? (Role)(1 + random.Next(4)) : null,
            IsActive = random.OneIn(4) ? random.OneIn(2) : null,
            Sort = (UserSort)random.Next(4),
            Descending = random.OneIn(2),
            Page = new PageRequest(1 + random.Next(4)),
        };
        return BothAsync($"list users {query}", async (set, side) =>
        {
            var first = await set.Users.ListAsync(query with { GroupId = group?.Ids[side] }, now, Ct);
            var all = first.Items.Select(u => $"{Describe(u)} {u.ActiveSessions}").Append($"{first.Total}");
            if (first.Next is not null)
            {
                var next = query with { GroupId = group?.Ids[side], Page = new PageRequest(2, first.Next) };
                all = all.Concat((await set.Users.ListAsync(next, now, Ct)).Items.Select(u => Describe(u)));
            }

            return string.Join("; ", all);
        });
    }

    private Task ListAuditAsync()
    {
        var query = new AuditQuery { Action = random.Pick(["test", "TEST.write", "write", "tes"]), From = Now.AddSeconds(-random.Next(60)), Page = new PageRequest(5) };
        return BothAsync("list the audit log", async (set, _) =>
        {
            var page = await set.Audit.ListAsync(query, Ct);
            return string.Join("; ", page.Items.Select(e => e.Target).Append($"{page.Total}"));
        });
    }

    private Task LookUpAsync()
    {
        var (user, session, token, vpsId, name) = (Any(users), Any(sessions), Any(tokens), random.Pick(VpsIds), random.Pick(UserNames));
        return BothAsync("look up", async (set, side) => string.Join("; ", (object?[])
        [
            (await set.Users.FindPasswordAsync(name.ToUpperInvariant(), Ct))?.User.DisplayName,
            session.Name == "none" ? null : (await set.Sessions.FindAsync(session.Hash, Ct))?.User.Username,
            token.Name == "none" ? null : (await set.Tokens.FindAsync(token.Hash, Ct))?.GroupIds.Count,
            await set.VpsAssignments.IsAssignedAsync(vpsId, user.Ids[side], Ct),
            string.Join(',', await set.VpsAssignments.ListVpsOfUserAsync(user.Ids[side], Ct)),
            string.Join(',', (await set.Groups.ListOfUserAsync(user.Ids[side], Ct)).Select(g => g.Name)),
        ]));
    }

    /// <summary>Mostly a recent one.</summary>
    private string SomeTaskId() => random.OneIn(4) ? random.Pick(taskIds) : taskIds[Math.Max(0, taskIds.Count - 1 - random.Next(4))];
}
