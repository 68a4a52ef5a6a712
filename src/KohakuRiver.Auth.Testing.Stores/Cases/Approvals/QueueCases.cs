using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>What <see cref="IApprovalStore"/> promises to those who work through what waits.</summary>
[Subject("Approvals")]
internal sealed class QueueCases : TaskCases
{
    [Case]
    public async Task List_OldestFirst_ComesInTheOrderOfSubmission()
    {
        var made = new List<long>();
        for (var i = 0; i < 4; i++)
        {
            made.Add((await MakeApprovalAsync()).Id);
        }

        await AssertPagesAsync(made, p => ListAsync(new ApprovalQuery { OldestFirst = true, Page = p }), a => a.Id);
        var second = await ListAsync(new ApprovalQuery { OldestFirst = true, Offset = 2, Page = new PageRequest(1) });
        Assert.Equal([made[2]], second.Items.Select(a => a.Id));
        Assert.Equal(4, second.Total);
    }

    [Case]
    public async Task List_CursorOfTheOtherOrder_IsRefused()
    {
        await MakeApprovalAsync();
        await MakeApprovalAsync();
        var newest = await ListAsync(new ApprovalQuery { Page = new PageRequest(1) });
        var oldest = await ListAsync(new ApprovalQuery { OldestFirst = true, Page = new PageRequest(1) });
        await Assert.ThrowsAsync<ArgumentException>(
            () => ListAsync(new ApprovalQuery { OldestFirst = true, Page = new PageRequest(1, newest.Next) }));
        await Assert.ThrowsAsync<ArgumentException>(() => ListAsync(new ApprovalQuery { Page = new PageRequest(1, oldest.Next) }));
    }

    [Case]
    public async Task List_OfWhatWaitedAtAnInstant_KeepsWhatIsDecidedLater()
    {
        var decidedBefore = await MakeApprovalAsync(null, ApprovalStatus.Approved);
        var waits = await MakeApprovalAsync();
        var approved = await MakeApprovalAsync();
        var rejected = await MakeApprovalAsync();
        var withdrawn = await MakeApprovalAsync();
        var at = Tick();
        foreach (var (approval, status) in new[]
        {
            (approved, ApprovalStatus.Approved), (rejected, ApprovalStatus.Rejected), (withdrawn, ApprovalStatus.Withdrawn),
        })
        {
            await WritesAsync(e => Stores.Approvals.TryDecideAsync(approval.Task.TaskId, DraftDecision(status), null, e, Ct));
        }

        await WritesAsync(e => Stores.Approvals.TryAddAsync(DraftApproval(null, atOnce: true), e, Ct));
        var later = await MakeApprovalAsync();
        long[] expected = [waits.Id, approved.Id, rejected.Id, withdrawn.Id, later.Id];
        var query = new ApprovalQuery { WaitedAt = at, OldestFirst = true, Page = new PageRequest(9) };
        await AssertPagesAsync(expected, p => ListAsync(query with { Page = p }), a => a.Id);
        await AssertPagesAsync(
            expected[2..], p => ListAsync(query with { FirstId = rejected.Id, Page = p }), a => a.Id);
        Assert.Contains(
            decidedBefore.Id, (await ListAsync(query with { WaitedAt = DateTimeOffset.UnixEpoch })).Items.Select(a => a.Id));
    }

    [Case]
    public async Task List_DecidedAtTheInstantItself_IsNoLongerInTheList()
    {
        var made = await MakeApprovalAsync();
        var decision = DraftDecision(ApprovalStatus.Approved);
        await WritesAsync(e => Stores.Approvals.TryDecideAsync(made.Task.TaskId, decision, null, e, Ct));
        Assert.Empty((await ListAsync(new ApprovalQuery { WaitedAt = decision.DecidedAt, Page = new PageRequest(9) })).Items);
    }

    [Case]
    public async Task List_OfSomeIds_GivesThoseThatAreThere()
    {
        var first = await MakeApprovalAsync();
        await MakeApprovalAsync();
        var third = await MakeApprovalAsync(null, ApprovalStatus.Rejected);
        var page = await ListAsync(new ApprovalQuery { Ids = [third.Id, first.Id, third.Id + 99], Page = new PageRequest(9) });
        Assert.Equal([third.Id, first.Id], page.Items.Select(a => a.Id));
        Assert.Equal(2, page.Total);
        Assert.Empty((await ListAsync(new ApprovalQuery { Ids = [], Page = new PageRequest(9) })).Items);
    }

    [Case]
    public async Task List_OfAGroup_GivesItsMembersTasks()
    {
        var group = await MakeGroupAsync();
        var other = await MakeGroupAsync();
        var member = await MakeUserAsync();
        var stranger = await MakeUserAsync();
        Assert.Equal(WriteStatus.Done, await Stores.Groups.TryAddMemberAsync(group.Id, member.Id, Entry(), Ct));
        Assert.Equal(WriteStatus.Done, await Stores.Groups.TryAddMemberAsync(other.Id, stranger.Id, Entry(), Ct));
        var made = await MakeApprovalAsync(member);
        await MakeApprovalAsync(stranger);
        await MakeApprovalAsync();
        Assert.Equal(
            [made.Id], (await ListAsync(new ApprovalQuery { GroupId = group.Id, Page = new PageRequest(9) })).Items.Select(a => a.Id));
        Assert.Equal(WriteStatus.Done, await Stores.Groups.TryRemoveMemberAsync(group.Id, member.Id, Entry(), Ct));
        Assert.Empty((await ListAsync(new ApprovalQuery { GroupId = group.Id, Page = new PageRequest(9) })).Items);
    }

    [Case]
    public async Task List_ByWhatIsAskedFor_GivesThoseThatAskForIt()
    {
        var small = await AddAsync(1, null, [], null);
        var large = await AddAsync(64, 1L << 36, [], "node-1");
        var gpus = await AddAsync(8, 1L << 30, [0], "Node-1");
        Assert.Equal([large], await IdsAsync(new ApprovalQuery { Node = "node-1", Page = new PageRequest(9) }));
        Assert.Equal([gpus], await IdsAsync(new ApprovalQuery { AsksForGpus = true, Page = new PageRequest(9) }));
        Assert.Equal([large, small], await IdsAsync(new ApprovalQuery { AsksForGpus = false, Page = new PageRequest(9) }));
        Assert.Equal([gpus, large], await IdsAsync(new ApprovalQuery { LeastCores = 8, Page = new PageRequest(9) }));
        Assert.Equal([large], await IdsAsync(new ApprovalQuery { LeastMemoryBytes = (1L << 30) + 1, Page = new PageRequest(9) }));
        Assert.Equal(
            [gpus],
            await IdsAsync(new ApprovalQuery { AsksForGpus = true, LeastCores = 8, LeastMemoryBytes = 1, Page = new PageRequest(9) }));

        async Task<long> AddAsync(int cores, long? memory, IReadOnlyList<int> ids, string? node)
        {
            var draft = DraftApproval();
            var task = draft.Task with { RequiredCores = cores, RequiredMemoryBytes = memory, RequiredGpus = ids, TargetNode = node };
            return (await WritesAsync(e => Stores.Approvals.TryAddAsync(draft with { Task = task }, e, Ct))).Id;
        }

        async Task<IEnumerable<long>> IdsAsync(ApprovalQuery query) => (await ListAsync(query)).Items.Select(a => a.Id);
    }

    [Case]
    public async Task Submitters_OfWhatIsPending_AreCountedByAccount()
    {
        var first = await MakeUserAsync();
        var second = await MakeUserAsync();
        var third = await MakeUserAsync();
        await MakeApprovalAsync(first);
        await MakeApprovalAsync(second);
        await MakeApprovalAsync(first);
        await MakeApprovalAsync(first, ApprovalStatus.Approved);
        await MakeApprovalAsync(third, ApprovalStatus.Withdrawn);
        await MakeApprovalAsync();
        var found = await Stores.Approvals.ListPendingSubmittersAsync(Ct);
        Assert.Equal(
            [new PendingSubmitter(first.Id, first.Username, 2), new PendingSubmitter(second.Id, second.Username, 1)],
            found.OrderBy(s => s.Id));
    }
}
