using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>What <see cref="IAuditStore"/> promises.</summary>
[Subject("Audit")]
internal sealed class AuditCases : StoreCases
{
    [Case]
    public async Task Append_AllFields_GivesWhatWasWritten()
    {
        var full = DraftAudit("host.something") with
        {
            ActorId = 4711,
            Actor = "Ada",
            Credential = "token:9007199254740991",
            TargetId = "no number",
            Target = "größer \U0001F30A '\"%_\\",
            Outcome = AuditOutcome.Refused,
            Detail = string.Concat(Enumerable.Repeat("€\t", 500)),
        };
        var bare =
            new AuditEntry
            {
                At = Tick(),
                Actor = "_anonymous",
                Action = "auth.login",
                Outcome = AuditOutcome.Failure,
                OperationId = DraftAudit().OperationId,
            };
        await Stores.Audit.AppendAsync(full, Ct);
        await Stores.Audit.AppendAsync(bare, Ct);
        var log = await AuditLogAsync();
        Assert.Equal(2, log.Count);
        Assert.Equal(full with { Id = log[1].Id }, log[1]);
        Assert.Equal(bare with { Id = log[0].Id }, log[0]);
        Assert.True(log[0].Id > log[1].Id && log[1].Id > 0);
        Assert.Equal(TimeSpan.Zero, log[1].At.Offset);
    }

    [Case]
    public async Task List_AllEntries_IsNewestFirst()
    {
        await AssertPagesAsync([], p => Stores.Audit.ListAsync(new AuditQuery { Page = p }, Ct), e => e.Id);
        await AppendAsync(3);
        var at = Now;
        await Stores.Audit.AppendAsync(DraftAudit() with { At = at }, Ct);
        await Stores.Audit.AppendAsync(DraftAudit() with { At = at }, Ct);
        var ids = (await AuditLogAsync()).Select(e => e.Id).ToList();
        Assert.Equal(5, ids.Count);
        Assert.Equal(ids.OrderDescending(), ids);
        await AssertPagesAsync(ids, p => Stores.Audit.ListAsync(new AuditQuery { Page = p }, Ct), e => e.Id);
    }

    [Case]
    public async Task List_RowsComeBetweenPages_ShowsEachOldRowOnce() =>
        await AssertStableAsync(p => Stores.Audit.ListAsync(new AuditQuery { Page = p }, Ct), e => e.Id, () => AppendAsync(1));

    [Case("ADA", null, null, null, "1,3")]
    [Case("ad", null, null, null, "")]
    [Case("ÄNNE", null, null, null, "5")]
    [Case("A%", null, null, null, "")]
    [Case(null, "user", null, null, "1,2,6")]
    [Case(null, "USER.Create", null, null, "1")]
    [Case(null, "user.password", null, null, "2")]
    [Case(null, "user.pass", null, null, "")]
    [Case(null, "user.", null, null, "")]
    [Case(null, "us_r", null, null, "")]
    [Case(null, "%", null, null, "")]
    [Case(null, null, "Team A", null, "1")]
    [Case(null, null, "TEAM a", null, "1")]
    [Case(null, null, "77", null, "2,3")]
    [Case(null, null, "Team", null, "")]
    [Case(null, null, "team_a", null, "")]
    [Case(null, null, null, AuditOutcome.Failure, "4,5")]
    [Case("ada", "user", null, AuditOutcome.Success, "1")]
    public async Task List_Filters_HoldTogetherRegardlessOfCase(
        string? actor, string? action, string? target, AuditOutcome? outcome, string expected)
    {
        await Stores.Audit.AppendAsync(DraftAudit("user.create") with { Actor = "Ada", Target = "Team A", Detail = "1" }, Ct);
        await Stores.Audit.AppendAsync(DraftAudit("user.password.reset") with { Actor = "Bob", TargetId = "77", Detail = "2" }, Ct);
        await Stores.Audit.AppendAsync(DraftAudit("users.create") with { Actor = "ada", Target = "77", TargetId = "78", Detail = "3" }, Ct);
        await Stores.Audit.AppendAsync(DraftAudit("auth.user") with { Actor = "Adam", Outcome = AuditOutcome.Failure, Detail = "4" }, Ct);
        await Stores.Audit.AppendAsync(
            DraftAudit("group.create") with { Actor = "Änne", Outcome = AuditOutcome.Failure, Target = null, Detail = "5" }, Ct);
        await Stores.Audit.AppendAsync(
            DraftAudit("user") with { Actor = "_system", Outcome = AuditOutcome.Refused, Target = null, Detail = "6" }, Ct);

        var query = new AuditQuery { Actor = actor, Action = action, Target = target, Outcome = outcome };
        var page = await Stores.Audit.ListAsync(query, Ct);
        Assert.Equal(expected, string.Join(',', page.Items.Select(e => e.Detail).Reverse()));
        Assert.Equal(page.Items.Count, page.Total);
        Assert.Equal(page.Items, await AuditLogAsync(query));
    }

    [Case]
    public async Task List_FromAndTo_IncludeTheFirstInstantAndNotTheLast()
    {
        await AppendAsync(4);
        var log = await AuditLogAsync();
        var query = new AuditQuery { From = log[2].At, To = log[0].At };
        Assert.Equal([log[1], log[2]], (await Stores.Audit.ListAsync(query, Ct)).Items);
        Assert.Equal([log[1], log[2]], await AuditLogAsync(query));

        var offset = query with { From = log[2].At.ToOffset(TimeSpan.FromHours(9)), To = log[0].At.ToOffset(TimeSpan.FromHours(-7)) };
        Assert.Equal([log[1], log[2]], await AuditLogAsync(offset));
        Assert.Equal([log[1]], await AuditLogAsync(query with { From = log[2].At.AddMicroseconds(1) }));
    }

    [Case]
    public async Task Stream_MoreThanAPage_GivesAllNewestFirst()
    {
        await AppendAsync(1203);
        var log = await AuditLogAsync(new AuditQuery { Page = new PageRequest(2) });
        Assert.Equal(1203, log.Count);
        Assert.Equal(log.Select(e => e.Id).OrderDescending(), log.Select(e => e.Id));
        Assert.Equal(1203, log.DistinctBy(e => e.OperationId).Count());
    }

    [Case]
    public async Task Stream_WritesWhileItIsConsumed_GoThroughAndLoseNothing()
    {
        await AppendAsync(600);
        var other = await OpenAnotherAsync();
        var old = (await AuditLogAsync()).Select(e => e.Id).ToHashSet();
        var seen = new List<long>();
        await foreach (var entry in Stores.Audit.StreamAsync(new AuditQuery(), Ct))
        {
            seen.Add(entry.Id);
            if (seen.Count % 200 == 1)
            {
                await other.Audit.AppendAsync(DraftAudit(), Ct);
                await Stores.Audit.AppendAsync(DraftAudit(), Ct);
            }
        }

        Assert.Equal(old.OrderDescending(), seen.Where(old.Contains));
        Assert.Equal(606, (await AuditLogAsync()).Count);
    }

    [Case]
    public async Task Stream_LeftEarly_BlocksNobody()
    {
        await AppendAsync(50);
        await foreach (var entry in Stores.Audit.StreamAsync(new AuditQuery(), Ct))
        {
            Assert.True(entry.Id > 0);
            break;
        }

        await AppendAsync(1);
        Assert.Equal(51, (await AuditLogAsync()).Count);
    }

    [Case]
    public async Task Append_ManyAtOnce_KeepsEachOnce()
    {
        var sets = await OpenTwoAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var entries = Enumerable.Range(0, Callers).Select(_ => DraftAudit()).ToList();
            await RaceAsync(sets, async (set, i) =>
            {
                await set.Audit.AppendAsync(entries[i], Ct);
                return i;
            });
            Assert.Equal(Callers, await CountAuditedAsync(entries.Select(AuthorizedWrite.WithoutCredential)));
        }

        var log = await AuditLogAsync();
        Assert.Equal(log.Count, log.DistinctBy(e => e.Id).Count());
    }

    [Case]
    public async Task Prune_BeforeTheGivenInstant_RemovesOlderEntries()
    {
        await AppendAsync(4);
        var log = await AuditLogAsync();
        Assert.Equal(0, await Stores.Audit.PruneAsync(log[3].At, Ct));
        Assert.Equal(2, await Stores.Audit.PruneAsync(log[1].At, Ct));
        Assert.Equal([log[0], log[1]], await AuditLogAsync());
        Assert.Equal(1, await Stores.Audit.PruneAsync(log[1].At.AddMicroseconds(1), Ct));
        Assert.Equal(1, await Stores.Audit.PruneAsync(Now.AddDays(1), Ct));
        await AppendAsync(1);
        Assert.True((await AuditLogAsync())[0].Id > log[0].Id, "An id was reused.");
    }

    private async Task AppendAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await Stores.Audit.AppendAsync(DraftAudit(), Ct);
        }
    }
}
