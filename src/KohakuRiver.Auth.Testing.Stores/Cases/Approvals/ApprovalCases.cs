using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>What <see cref="IApprovalStore"/> promises.</summary>
[Subject("Approvals")]
internal sealed class ApprovalCases : TaskCases
{
    [Case]
    public async Task Add_WithEverything_GivesWhatWasWritten()
    {
        var user = await MakeUserAsync("Submitter");
        var draft = DraftApproval(user) with
        {
            Task = new TaskSubmission
            {
                TaskId = new string('T', 64),
                TaskType = "vps",
                Command = "echo \"größer\" → \U0001F30A; rm -rf '/tmp/x y'",
                Arguments = ["", " ", "a b", "\"quoted\"", "line\nbreak", "comma,", "\\", "[]", "\U0001F30A"],
                RequiredCores = 128,
                RequiredMemoryBytes = 1L << 42,
                RequiredGpus = [7, 0, 3],
                TargetNode = "Node-1.example",
                Details = new Dictionary<string, string>(
                    StringComparer.Ordinal) { ["z"] = "", ["A"] = "{\"json\":true}", ["image"] = "a/b:c" },
            },
        };
        var made = await WritesAsync(e => Stores.Approvals.TryAddAsync(draft, e, Ct));
        var stored = await Stores.Approvals.FindAsync(draft.Task.TaskId, Ct);
        foreach (var approval in new[] { made, stored })
        {
            Assert.NotNull(approval);
            AssertSameTask(draft.Task, approval.Task);
            Assert.Equal(
                (made.Id, user.Id, "Submitter", draft.SubmittedAt),
                (approval.Id, approval.SubmitterId, approval.Submitter, approval.SubmittedAt));
            Assert.Equal((ApprovalStatus.Pending, 0), (approval.Status, approval.DeliveryAttempts));
            Assert.Null(approval.DecidedById);
            Assert.Null(approval.DecidedBy);
            Assert.Null(approval.DecidedAt);
            Assert.Null(approval.Reason);
            Assert.Null(approval.DeliveredAt);
        }

        Assert.True(made.Id > 0);
    }

    [Case]
    public async Task Add_WithTheLeast_KeepsItEmpty()
    {
        var task = new TaskSubmission { TaskId = "t", Command = "c" };
        await WritesAsync(e => Stores.Approvals.TryAddAsync(DraftApproval() with { Task = task }, e, Ct));
        var stored = await Stores.Approvals.FindAsync("t", Ct);
        Assert.NotNull(stored);
        AssertSameTask(task, stored.Task);
        Assert.Null(stored.SubmitterId);
    }

    [Case]
    public async Task Add_ApprovedAtOnce_IsDecidedByTheSubmitter()
    {
        var user = await MakeUserAsync(null, Role.Operator);
        var draft = DraftApproval(user, atOnce: true);
        var made = await WritesAsync(e => Stores.Approvals.TryAddAsync(draft, e, Ct));
        Assert.Equal(
            (ApprovalStatus.Approved, user.Id, user.Username, draft.SubmittedAt),
            (made.Status, made.DecidedById, made.DecidedBy, made.DecidedAt));
        Assert.Null(made.DeliveredAt);
        Assert.Equal(0, await Stores.Approvals.CountPendingAsync(Ct));
        Assert.Equal(new DeliveryBacklog(1, draft.SubmittedAt), await Stores.Approvals.ReadBacklogAsync(Ct));
    }

    [Case]
    public async Task Add_TaskIdHasARow_IsLost()
    {
        var first = await MakeApprovalAsync();
        await LosesAsync(WriteStatus.NameTaken, e => Stores.Approvals.TryAddAsync(DraftApproval(null, first.Task.TaskId), e, Ct));
        var decided = await MakeApprovalAsync(null, ApprovalStatus.Withdrawn);
        await LosesAsync(WriteStatus.NameTaken, e => Stores.Approvals.TryAddAsync(DraftApproval(null, decided.Task.TaskId, true), e, Ct));
    }

    [Case]
    public async Task Add_TaskIdsDifferInCase_AreDifferentTasks()
    {
        var lower = await WritesAsync(e => Stores.Approvals.TryAddAsync(DraftApproval(null, "task-é"), e, Ct));
        var upper = await WritesAsync(e => Stores.Approvals.TryAddAsync(DraftApproval(null, "TASK-É"), e, Ct));
        Assert.Equal(lower.Id, (await Stores.Approvals.FindAsync("task-é", Ct))?.Id);
        Assert.Equal(upper.Id, (await Stores.Approvals.FindAsync("TASK-É", Ct))?.Id);
    }

    [Case]
    public async Task Add_TheSameTaskManyTimesAtOnce_OneWins()
    {
        var sets = await OpenTwoAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var taskId = "contested-" + NextNumber();
            var entries = Enumerable.Range(0, Callers).Select(_ => Entry()).ToList();
            var results = await RaceAsync(sets, async (set, i) =>
                (await set.Approvals.TryAddAsync(DraftApproval(null, taskId, i % 2 == 0), entries[i], Ct)).Status);
            AssertWinners(1, WriteStatus.NameTaken, results);
            Assert.Equal(1, await CountAuditedAsync(entries));
        }
    }

    [Case]
    public async Task Find_Unknown_GivesNullOrLeavesItOut()
    {
        var made = await MakeApprovalAsync();
        var other = await MakeApprovalAsync();
        await MakeApprovalAsync();
        Assert.Null(await Stores.Approvals.FindAsync("no such task", Ct));
        Assert.Empty(await Stores.Approvals.FindAsync([], Ct));
        var found = await Stores.Approvals.FindAsync([made.Task.TaskId, "no such task", other.Task.TaskId], Ct);
        Assert.Equal([made.Id, other.Id], found.Select(a => a.Id).Order());
    }

    [Case]
    public async Task Find_TenThousandIds_Works()
    {
        var made = await MakeApprovalAsync();
        var ids = Enumerable.Range(0, 9999).Select(i => $"unknown-{i:D56}").Append(made.Task.TaskId).ToList();
        Assert.Equal([made.Id], (await Stores.Approvals.FindAsync(ids, Ct)).Select(a => a.Id));
    }

    [Case]
    public async Task List_WithFilters_IsNewestSubmissionFirst()
    {
        var user = await MakeUserAsync();
        var made = new List<Approval>();
        for (var i = 0; i < 6; i++)
        {
            made.Insert(
                0, await MakeApprovalAsync(i % 3 == 0 ? null : user, i % 2 == 0 ? ApprovalStatus.Pending : ApprovalStatus.Rejected));
        }

        await AssertPagesAsync([.. made.Select(a => a.Id)], p => ListAsync(new ApprovalQuery { Page = p }), a => a.Id);
        await AssertPagesAsync(
            [.. made.Where(a => a.Status == ApprovalStatus.Pending).Select(a => a.Id)],
            p => ListAsync(new ApprovalQuery { Status = ApprovalStatus.Pending, Page = p }),
            a => a.Id);
        await AssertPagesAsync(
            [.. made.Where(a => a.SubmitterId == user.Id && a.Status == ApprovalStatus.Rejected).Select(a => a.Id)],
            p => ListAsync(new ApprovalQuery { SubmitterId = user.Id, Status = ApprovalStatus.Rejected, Page = p }),
            a => a.Id);
        Assert.Equal(3, await Stores.Approvals.CountPendingAsync(Ct));
    }

    [Case]
    public async Task List_WithOffset_SkipsRows()
    {
        var made = new List<Approval>();
        for (var i = 0; i < 5; i++)
        {
            made.Insert(0, await MakeApprovalAsync());
        }

        var page = await ListAsync(new ApprovalQuery { Offset = 2, Page = new PageRequest(2) });
        Assert.Equal([made[2].Id, made[3].Id], page.Items.Select(a => a.Id));
        Assert.Equal(5, page.Total);
        Assert.Equal([made[4].Id], (await ListAsync(new ApprovalQuery { Offset = 4, Page = new PageRequest(2) })).Items.Select(a => a.Id));
        Assert.Empty((await ListAsync(new ApprovalQuery { Offset = 9, Page = new PageRequest(2) })).Items);
    }

    [Case]
    public async Task List_RowsComeBetweenPages_ShowsEachOldRowOnce() =>
        await AssertStableAsync(p => ListAsync(new ApprovalQuery { Page = p }), a => a.Id, () => MakeApprovalAsync());

    [Case]
    public async Task List_PendingOnesAreDecidedBetweenPages_ShowsTheOthersOnce() => await AssertStableAsync(
        p => ListAsync(new ApprovalQuery { Status = ApprovalStatus.Pending, Page = p }),
        a => a.Id,
        () => MakeApprovalAsync(),
        async id =>
        {
            var all = await ListAsync(new ApprovalQuery { Page = new PageRequest(100) });
            var taskId = all.Items.Single(a => a.Id == id).Task.TaskId;
            await WritesAsync(e => Stores.Approvals.TryDecideAsync(taskId, DraftDecision(ApprovalStatus.Rejected), null, e, Ct));
        });
}
