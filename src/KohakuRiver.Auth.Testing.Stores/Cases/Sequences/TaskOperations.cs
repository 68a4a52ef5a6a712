using static KohakuRiver.Auth.Testing.Stores.SequenceAnswers;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>Operations on approvals, assignments, settings and counters; lists.</summary>
internal sealed class TaskOperations(SequenceCases run)
{
    private readonly List<string> taskIds = ["t1", "T1"];

    internal Task SubmitAsync()
    {
        if (run.Random.OneIn(2))
        {
            taskIds.Add("t" + run.NextNumber());
        }

        // A submitter that does not exist is the caller's mistake, so only living ones submit.
        var (user, draft, entry) = (run.Any(run.Users), run.DraftApproval(null, SomeTaskId(), run.Random.OneIn(4)), run.Entry());
        return run.BothAsync("submit " + draft.Task.TaskId, async (set, side) => Answer(
            await set.Approvals.TryAddAsync(
                draft with { SubmitterId = (await set.Users.FindAsync(user.Ids[side], StoreCases.Ct))?.Id, Submitter = user.Name },
                entry,
                StoreCases.Ct),
            a => a.Status.ToString()));
    }

    internal Task DecideAsync()
    {
        var (user, taskId, only, entry) = (run.Any(run.Users), SomeTaskId(), run.Random.OneIn(3), run.Entry());
        var decision = run.DraftDecision((ApprovalStatus)(1 + run.Random.Next(3)), null, run.Random.OneIn(2) ? "a reason" : null) with
        {
            HoldUntil = run.Random.OneIn(3) ? run.Now.AddSeconds(run.Random.Next(20)) : null,
        };
        return run.BothAsync($"decide {taskId} {decision.Status} only of {user.Name}: {only}", async (set, side) => Answer(
            await set.Approvals.TryDecideAsync(taskId, decision, only ? user.Ids[side] : null, entry, StoreCases.Ct),
            a => $"{a.Submitter} {a.Status} {a.Reason} {a.DeliveryAttempts}"));
    }

    internal Task LeaseAsync()
    {
        var (limit, now, until) = (1 + run.Random.Next(3), run.Now, run.Now.AddSeconds(run.Random.Next(20)));
        return run.BothAsync($"lease {limit}", async (set, _) => string.Join(
            ',',
            (await set.Approvals.LeaseUndeliveredAsync(limit, now, until, StoreCases.Ct))
                .Select(a => $"{a.Task.TaskId} {a.DeliveryAttempts}")));
    }

    internal Task DeliverAsync()
    {
        var (wanted, works, at) = (run.Random.Next(4), run.Random.OneIn(2), run.Tick());
        return run.BothAsync($"deliver works: {works}", async (set, _) =>
        {
            // Only decided tasks are ever delivered.
            var decided = (await set.Approvals.FindAsync(taskIds, StoreCases.Ct)).Where(a => a.DecidedAt is not null)
                .OrderBy(a => a.DecidedAt)
                .ToList();
            if (decided.Count <= wanted)
            {
                return "none";
            }

            var taskId = decided[wanted].Task.TaskId;
            await (
                works
                    ? set.Approvals.MarkDeliveredAsync(taskId, at, StoreCases.Ct)
                    : set.Approvals.MarkDeliveryFailedAsync(taskId, at.AddSeconds(3), StoreCases.Ct));
            return taskId;
        });
    }

    internal Task AssignSomethingAsync()
    {
        var (vpsId, user, group, at, entry) = (
            run.Random.Pick(StoreCases.VpsIds),
            run.Any(run.Users),
            run.Random.OneIn(2) ? run.Any(run.Groups) : null,
            run.Tick(),
            run.Entry());
        return run.BothAsync(
            $"assign {vpsId} to {group?.Name ?? user.Name}", async (set, side) => Answer(await set.VpsAssignments.TryAssignAsync(
            vpsId, group is null ? [user.Ids[side]] : [], group is null ? [] : [group.Ids[side]], at, entry, StoreCases.Ct)));
    }

    internal Task UnassignAsync()
    {
        var (vpsId, user, group, entry) = (
            run.Random.Pick(StoreCases.VpsIds), run.Any(run.Users), run.Random.OneIn(2) ? run.Any(run.Groups) : null, run.Entry());
        return run.BothAsync($"unassign {vpsId} from {group?.Name ?? user.Name}", async (set, side) => $"{(group is null
            ? await set.VpsAssignments.TryUnassignUserAsync(vpsId, user.Ids[side], entry, StoreCases.Ct)
            : await set.VpsAssignments.TryUnassignGroupAsync(vpsId, group.Ids[side], entry, StoreCases.Ct))}");
    }

    internal Task ForgetAsync()
    {
        var (vpsId, entry) = (run.Random.Pick(StoreCases.VpsIds), run.Entry());
        return run.BothAsync(
            "forget " + vpsId, async (set, _) => "removed " + await set.VpsAssignments.ForgetAsync(vpsId, entry, StoreCases.Ct));
    }

    internal Task WriteSettingAsync()
    {
        var (name, value, entry) = ("setting" + run.Random.Next(4), run.Random.OneIn(3) ? null : $"{run.Random.Next(9)}", run.Entry());
        return run.BothAsync($"set {name} to {value}", async (set, _) =>
        {
            await set.Settings.WriteAsync(new Dictionary<string, string?>(StringComparer.Ordinal) { [name] = value }, entry, StoreCases.Ct);
            return "";
        });
    }

    internal Task ThrottleAsync()
    {
        var (bucket, back) = ("bucket" + run.Random.Next(2), run.Random.OneIn(4));
        var window = DateTimeOffset.UnixEpoch.AddDays(run.Random.Next(2));
        return run.BothAsync($"throttle {bucket} back: {back}", async (set, _) =>
        {
            if (back)
            {
                await set.Throttle.GiveBackAsync(bucket, window, StoreCases.Ct);
                return "";
            }

            return $"{await set.Throttle.TryTakeAsync(bucket, window, 3, StoreCases.Ct)}";
        });
    }

    internal Task ListUsersAsync()
    {
        var (group, now) = (run.Random.OneIn(4) ? run.Any(run.Groups) : null, run.Now);
        var query = new UserQuery
        {
            Search = run.Random.OneIn(4) ? run.Random.Pick(AccountOperations.UserNames)[run.Random.Next(2)..].ToUpperInvariant() : null,
            Role = run.Random.OneIn(4) ? (Role)(1 + run.Random.Next(4)) : null,
            IsActive = run.Random.OneIn(4) ? run.Random.OneIn(2) : null,
            Sort = (UserSort)run.Random.Next(4),
            Descending = run.Random.OneIn(2),
            Page = new PageRequest(1 + run.Random.Next(4)),
        };
        return run.BothAsync($"list users {query}", async (set, side) =>
        {
            var first = await set.Users.ListAsync(query with { GroupId = group?.Ids[side] }, now, StoreCases.Ct);
            var all = first.Items.Select(u => $"{Describe(u)} {u.ActiveSessions}").Append($"{first.Total}");
            if (first.Next is not null)
            {
                var next = query with { GroupId = group?.Ids[side], Page = new PageRequest(2, first.Next) };
                all = all.Concat((await set.Users.ListAsync(next, now, StoreCases.Ct)).Items.Select(u => Describe(u)));
            }

            return string.Join("; ", all);
        });
    }

    internal Task ListAuditAsync()
    {
        var query =
            new AuditQuery
            {
                Action = run.Random.Pick(["test", "TEST.write", "write", "tes"]),
                From = run.Now.AddSeconds(-run.Random.Next(60)),
                Page = new PageRequest(5),
            };
        return run.BothAsync("list the audit log", async (set, _) =>
        {
            var page = await set.Audit.ListAsync(query, StoreCases.Ct);
            return string.Join("; ", page.Items.Select(e => e.Target).Append($"{page.Total}"));
        });
    }

    internal Task LookUpAsync()
    {
        var (user, session, token, vpsId, name) = (
            run.Any(run.Users),
            run.Any(run.Sessions),
            run.Any(run.Tokens),
            run.Random.Pick(StoreCases.VpsIds),
            run.Random.Pick(AccountOperations.UserNames));
        return run.BothAsync("look up", async (set, side) => string.Join("; ", (object?[])
        [
            (await set.Users.FindPasswordAsync(name.ToUpperInvariant(), StoreCases.Ct))?.User.DisplayName,
            session.Name == "none" ? null : (await set.Sessions.FindAsync(session.Hash, StoreCases.Ct))?.User.Username,
            token.Name == "none" ? null : (await set.Tokens.FindAsync(token.Hash, StoreCases.Ct))?.GroupIds.Count,
            await set.VpsAssignments.IsAssignedAsync(vpsId, user.Ids[side], StoreCases.Ct),
            string.Join(',', await set.VpsAssignments.ListVpsOfUserAsync(user.Ids[side], StoreCases.Ct)),
            string.Join(',', (await set.Groups.ListOfUserAsync(user.Ids[side], StoreCases.Ct)).Select(g => g.Name)),
        ]));
    }

    /// <summary>Mostly a recent one.</summary>
    private string SomeTaskId() =>
        run.Random.OneIn(4) ? run.Random.Pick(taskIds) : taskIds[Math.Max(0, taskIds.Count - 1 - run.Random.Next(4))];
}
