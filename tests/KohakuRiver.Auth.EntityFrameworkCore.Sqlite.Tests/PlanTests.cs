using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Tests;

/// <summary>Look-ups that must stay as fast with a million rows: their plans seek in an index.</summary>
public class PlanTests
{
    private static readonly CancellationToken Ct = TempDatabase.Ct;

    private static readonly Dictionary<string, Func<KohakuStoreSet, Task>> Queries = new(StringComparer.Ordinal)
    {
        ["session by hash"] = s => s.Sessions.FindAsync(Make.Hash(), Ct),
        ["token by hash"] = s => s.Tokens.FindAsync(Make.Hash(), Ct),
        ["sessions of a user"] = s => s.Sessions.ListAsync(1, Make.Now, Ct),
        ["password by name"] = s => s.Users.FindPasswordAsync("user1", Ct),
        ["any admin"] = s => s.Users.AnyAdminAsync(Ct),
        ["user details"] = s => s.Users.FindDetailsAsync(1, Make.Now, Ct),
        ["users of a group and role"] = s =>
            s.Users.ListAsync(new UserQuery { GroupId = 1, Role = Role.User, Page = new PageRequest(50) }, Make.Now, Ct),
        ["users of a group"] = s => s.Users.ListAsync(new UserQuery { GroupId = 1, Page = new PageRequest(50) }, Make.Now, Ct),
        ["users of a role"] = s =>
            s.Users.ListAsync(new UserQuery { Role = Role.Admin, Sort = UserSort.Role, Page = new PageRequest(50) }, Make.Now, Ct),
        ["users by id"] = s => s.Users.ListAsync(new UserQuery { Ids = [1, 2, 3], Page = new PageRequest(50) }, Make.Now, Ct),
        ["users by id and role"] = s =>
            s.Users.ListAsync(new UserQuery { Ids = [1, 2, 3], Role = Role.User, Page = new PageRequest(50) }, Make.Now, Ct),
        ["locked users"] = s => s.Users.ListLockedAsync(Make.Now, 5, Ct),
        ["tokens by prefix"] = s => s.Tokens.SearchAsync(new TokenQuery { Prefix = "krt_ab", Limit = 9 }, Ct),
        ["tokens by id"] = s => s.Tokens.SearchAsync(new TokenQuery { Ids = [1, 2, 3], Limit = 3 }, Ct),
        ["tokens that end soon"] = s => s.Tokens.SearchAsync(
            new TokenQuery { ExpiresAfter = Make.Now, ExpiresBefore = Make.Now.AddDays(7), Limit = 5 }, Ct),
        ["tokens of a user"] = s => s.Tokens.ListAsync(1, new PageRequest(50), Ct),
        ["groups of a user"] = s => s.Groups.ListOfUserAsync(1, Ct),
        ["invitation by code"] = s => s.Invitations.FindAsync(Make.Hash(), Ct),
        ["code by hash"] = s => s.Codes.FindAsync(Make.Hash(), Ct),
        ["approval by task"] = s => s.Approvals.FindAsync("t1", Ct),
        ["approvals by tasks"] = s => s.Approvals.FindAsync(["t1", "t2"], Ct),
        ["pending count"] = s => s.Approvals.CountPendingAsync(Ct),
        ["pending page"] = s =>
            s.Approvals.ListAsync(new ApprovalQuery { Status = ApprovalStatus.Pending, Page = new PageRequest(50) }, Ct),
        ["queue page"] = s => s.Approvals.ListAsync(
            new ApprovalQuery { WaitedAt = Make.Now, FirstId = 1, GroupId = 1, OldestFirst = true, Page = new PageRequest(50) }, Ct),
        ["pending page, oldest first"] = s => s.Approvals.ListAsync(
            new ApprovalQuery { Status = ApprovalStatus.Pending, OldestFirst = true, Page = new PageRequest(50) }, Ct),
        ["some approvals by id"] = s => s.Approvals.ListAsync(new ApprovalQuery { Ids = [1, 2], Page = new PageRequest(50) }, Ct),
        ["pending submitters"] = s => s.Approvals.ListPendingSubmittersAsync(Ct),
        ["approvals of a user"] = s => s.Approvals.ListAsync(new ApprovalQuery { SubmitterId = 1, Page = new PageRequest(50) }, Ct),
        ["undelivered"] = s => s.Approvals.LeaseUndeliveredAsync(10, Make.Now, Make.Now, Ct),
        ["contents past their time"] = s => s.Approvals.RemoveContentAsync(Make.Now, Ct),
        ["backlog"] = s => s.Approvals.ReadBacklogAsync(Ct),
        ["assignments of a vps"] = s => s.VpsAssignments.ListAsync("v", Ct),
        ["assignments of many vps"] = s => s.VpsAssignments.ListAsync(["v", "w"], Ct),
        ["vps access"] = s => s.VpsAssignments.IsAssignedAsync("v", 1, Ct),
        ["audit by actor"] = s => s.Audit.ListAsync(new AuditQuery { Actor = "root" }, Ct),
        ["audit by action"] = s => s.Audit.ListAsync(new AuditQuery { Action = "user" }, Ct),
        ["audit by target"] = s => s.Audit.ListAsync(new AuditQuery { Target = "7" }, Ct),
        ["throttle"] = s => s.Throttle.TryTakeAsync("b", Make.Now, 5, Ct),
        ["log-in"] = s => s.Accounts.TryLogInAsync(1, "x", Make.Session() with { Replaces = Make.Hash() }, Make.Audit(), Ct),
        ["delete a user"] = s => s.Accounts.TryDeleteUserAsync(1, Make.Audit(), Ct),
        ["touch"] = s => s.Tokens.TouchAsync(new Dictionary<long, DateTimeOffset> { [1] = Make.Now }, Ct),
    };

    public static TheoryData<string> Names => [.. Queries.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Query_OfAHotPath_WalksNoTable(string name)
    {
        await using var database = new TempDatabase();
        var recorder = new QueryRecorder(database);
        var stores = database.Open(o => o.Interceptors = [recorder]);
        await stores.InitializeAsync(Ct);
        recorder.Clear();

        await Queries[name](stores);

        var plans = recorder.Plans();
        Assert.NotEmpty(plans);
        Assert.All(plans, p => Assert.Empty(TablesWalked(p.Plan)));
    }

    [Theory]
    [InlineData(UserSort.CreatedAt, true)]
    [InlineData(UserSort.CreatedAt, false)]
    [InlineData(UserSort.Username, true)]
    [InlineData(UserSort.Username, false)]
    [InlineData(UserSort.Role, true)]
    [InlineData(UserSort.Role, false)]
    [InlineData(UserSort.LastLogin, true)]
    [InlineData(UserSort.LastLogin, false)]
    public async Task UserPage_AfterACursor_SeeksToItAndSortsNothing(UserSort sort, bool descending)
    {
        await using var database = new TempDatabase();
        var recorder = new QueryRecorder(database);
        var stores = database.Open(o => o.Interceptors = [recorder]);
        await stores.InitializeAsync(Ct);
        for (var i = 0; i < 4; i++)
        {
            await Make.UserAsync(stores, "user" + i);
        }

        var query = new UserQuery { Sort = sort, Descending = descending, Page = new PageRequest(2) };
        var first = await stores.Users.ListAsync(query, Make.Now, Ct);
        recorder.Clear();

        var second = await stores.Users.ListAsync(query with { Page = new PageRequest(2, first.Next) }, Make.Now, Ct);

        Assert.Equal(4, first.Items.Concat(second.Items).Select(u => u.User.Id).Distinct().Count());
        Assert.Null(second.Next);
        var plan = recorder.Plans()[0].Plan;
        Assert.Contains(plan, step => step.StartsWith("SEARCH k USING INDEX ix_kohaku_users_", StringComparison.Ordinal)
            || step.StartsWith("SEARCH k0 USING INDEX ix_kohaku_users_", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task UserSearch_OfAnyOrderAndFilter_WalksTheSearchTextsAlone()
    {
        await using var database = new TempDatabase();
        var recorder = new QueryRecorder(database);
        var stores = database.Open(o => o.Interceptors = [recorder]);
        await stores.InitializeAsync(Ct);
        foreach (var sort in Enum.GetValues<UserSort>())
        {
            foreach (var role in (Role?[])[null, Role.User])
            {
                recorder.Clear();
                await stores.Users.ListAsync(
                    new UserQuery { Search = "user1", Role = role, Sort = sort, Page = new PageRequest(50) }, Make.Now, Ct);

                var plans = recorder.Plans();
                Assert.NotEmpty(plans);
                Assert.All(plans.SelectMany(p => TablesWalked(p.Plan)), step => Assert.EndsWith(
                    " USING COVERING INDEX ix_kohaku_users_search_text", step, StringComparison.Ordinal));
            }
        }
    }

    private static IEnumerable<string> TablesWalked(IReadOnlyList<string> plan)
    {
        // Going through the rows of a subquery is not going through a table.
        var subqueries = plan
            .Where(
                step => step.StartsWith("CO-ROUTINE ", StringComparison.Ordinal)
                    || step.StartsWith("MATERIALIZE ", StringComparison.Ordinal))
            .Select(step => step.Split(' ')[1])
            .ToHashSet(StringComparer.Ordinal);
        return plan.Where(step => step.StartsWith("SCAN ", StringComparison.Ordinal)
            && !subqueries.Contains(step.Split(' ')[1])
            && !step.Contains("VIRTUAL TABLE", StringComparison.Ordinal)
            && step != "SCAN CONSTANT ROW"

            // The partial index holds undelivered rows only: walking it from one end is the point of it.
            && !step.Contains("ix_kohaku_approvals_decided_at_id", StringComparison.Ordinal));
    }
}
