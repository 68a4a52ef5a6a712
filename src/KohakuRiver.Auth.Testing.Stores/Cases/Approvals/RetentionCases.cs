using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>What is kept of a submission, and for how long.</summary>
[Subject("Approvals")]
internal sealed class RetentionCases : TaskCases
{
    private static readonly Dictionary<string, string> SomeDetails = new(
        StringComparer.Ordinal) { ["image"] = "a/b:c", ["env TOKEN"] = "hunter2" };

    [Case]
    public async Task Add_WithSecretDetails_KeepsTheirNamesAndNoValue()
    {
        var draft = DraftApproval();
        draft = draft with { Task = draft.Task with { Details = SomeDetails, SecretDetails = ["env TOKEN", "env ÄPFEL"] } };
        var made = await WritesAsync(e => Stores.Approvals.TryAddAsync(draft, e, Ct));
        foreach (var approval in new[] { made, await Stores.Approvals.FindAsync(draft.Task.TaskId, Ct) })
        {
            Assert.NotNull(approval);
            Assert.Equal([new KeyValuePair<string, string>("image", "a/b:c")], approval.Task.Details);
            Assert.Equal(["env TOKEN", "env ÄPFEL"], approval.Task.SecretDetails);
            Assert.False(approval.ContentRemoved);
        }
    }

    [Case(ApprovalStatus.Approved)]
    [Case(ApprovalStatus.Rejected)]
    [Case(ApprovalStatus.Withdrawn)]
    public async Task RemoveContent_DecidedAndDelivered_KeepsWhoWhenAndWhat(ApprovalStatus status)
    {
        var (submitter, decider) = (await MakeUserAsync(), await MakeUserAsync(null, Role.Operator));
        var before = await MakeDeliveredAsync(submitter, status, decider);
        var limit = Assert.IsType<DateTimeOffset>(before.DecidedAt).AddMicroseconds(1);
        Assert.Equal(3, before.Task.Details.Count + before.Task.SecretDetails.Count);

        await WritesNoAuditAsync(async () => Assert.Equal(1, await Stores.Approvals.RemoveContentAsync(limit, Ct)));

        var after = await Stores.Approvals.FindAsync(before.Task.TaskId, Ct);
        Assert.NotNull(after);
        Assert.True(after.ContentRemoved);
        Assert.Empty(after.Task.Arguments);
        Assert.Empty(after.Task.Details);
        Assert.Empty(after.Task.SecretDetails);
        AssertSameTask(before.Task with { Arguments = [], Details = after.Task.Details, SecretDetails = [] }, after.Task);
        Assert.Equal(before with { Task = after.Task, ContentRemoved = true }, after);
        Assert.Equal(
            after.Id, Assert.Single((await ListAsync(new ApprovalQuery { Page = new PageRequest(5) })).Items, a => a.ContentRemoved).Id);
    }

    [Case]
    public async Task RemoveContent_PendingUndeliveredOrYoung_IsLeftAlone()
    {
        var old = await MakeDeliveredAsync(null, ApprovalStatus.Approved);
        var atTheLimit = await MakeDeliveredAsync(null, ApprovalStatus.Rejected);
        var young = await MakeDeliveredAsync(null, ApprovalStatus.Approved);
        var undelivered = await MakeApprovalAsync(null, ApprovalStatus.Approved);
        var pending = await MakeApprovalAsync();

        Assert.Equal(1, await Stores.Approvals.RemoveContentAsync(atTheLimit.DecidedAt!.Value, Ct));
        Assert.Equal([old.Id], await RemovedAsync());
        Assert.Equal(2, await Stores.Approvals.RemoveContentAsync(Now.AddDays(1), Ct));
        Assert.Equal([old.Id, atTheLimit.Id, young.Id], await RemovedAsync());
        Assert.Equal(0, await Stores.Approvals.RemoveContentAsync(Now.AddDays(1), Ct));

        // What is still to be delivered is delivered whole, and removed only afterwards.
        var leased = Assert.Single(await LeaseAsync(5));
        AssertSameTask(undelivered.Task, leased.Task);
        await Stores.Approvals.MarkDeliveredAsync(leased.Task.TaskId, Tick(), Ct);
        Assert.Equal(1, await Stores.Approvals.RemoveContentAsync(Now.AddDays(1), Ct));
        AssertSameTask(pending.Task, (await Stores.Approvals.FindAsync(pending.Task.TaskId, Ct))!.Task);
    }

    [Case]
    public async Task RemoveContent_OfATaskWithoutAny_IsMarkedOnce()
    {
        var task = new TaskSubmission { TaskId = "bare", Command = "c" };
        await WritesAsync(e => Stores.Approvals.TryAddAsync(DraftApproval(atOnce: true) with { Task = task }, e, Ct));
        await Stores.Approvals.MarkDeliveredAsync("bare", Tick(), Ct);
        Assert.Equal(1, await Stores.Approvals.RemoveContentAsync(Now.AddDays(1), Ct));
        Assert.Equal(0, await Stores.Approvals.RemoveContentAsync(Now.AddDays(1), Ct));
        Assert.True((await Stores.Approvals.FindAsync("bare", Ct))!.ContentRemoved);
    }

    private async Task<Approval> MakeDeliveredAsync(User? submitter, ApprovalStatus status, User? decider = null)
    {
        var draft = DraftApproval(submitter);
        draft = draft with { Task = draft.Task with { Details = SomeDetails, SecretDetails = ["env TOKEN", "env OTHER"] } };
        await WritesAsync(e => Stores.Approvals.TryAddAsync(draft, e, Ct));
        await WritesAsync(e => Stores.Approvals.TryDecideAsync(draft.Task.TaskId, DraftDecision(status, decider, "why"), null, e, Ct));
        await Stores.Approvals.MarkDeliveredAsync(draft.Task.TaskId, Tick(), Ct);
        return (await Stores.Approvals.FindAsync(draft.Task.TaskId, Ct))!;
    }

    private async Task<IEnumerable<long>> RemovedAsync() =>
        (await ListAsync(new ApprovalQuery { Page = new PageRequest(100) })).Items.Where(a => a.ContentRemoved).Select(a => a.Id).Order();
}
