using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.EntityFrameworkCore.Tests;

/// <summary>Real parallelism on two sets over one database: what is contested has exactly as many winners as there are places.</summary>
public abstract class RaceTestsBase(ITestDatabase database) : EngineTests(database)
{
    [Fact]
    [Trait("Requirement", "D7"), Trait("Requirement", "V15.4.2")]
    public async Task Register_HundredOnAnInvitationWithTenUses_TenGetInAndTenAreCounted()
    {
        var code = Make.Hash();
        await First.Invitations.TryCreateAsync(Make.Invitation(code, maxUses: 10), Make.Audit(), Ct);

        var results = await InParallel(100, i => Sets[i % 2].Accounts.TryRegisterWithInvitationAsync(
            Make.User("user" + i), code, Role.Operator, Make.Session(), Make.Audit("user.register"), Ct));

        Assert.Equal(10, results.Count(r => r.IsDone));
        Assert.All(results.Where(r => !r.IsDone), r => Assert.Equal(WriteStatus.CodeClosed, r.Status));
        Assert.Equal(10, (await First.Invitations.FindAsync(code, Ct))!.Uses);
        Assert.Equal(10L, await Database.ScalarAsync<long>("SELECT COUNT(*) FROM kohaku_users"));
        Assert.Equal(10, (await First.Audit.ListAsync(new AuditQuery { Action = "user.register" }, Ct)).Total);
    }

    [Fact]
    [Trait("Requirement", "D7")]
    public async Task Register_FiftyWithOneNameInMixedCase_OneGetsInAndOneUseIsTaken()
    {
        var code = Make.Hash();
        await First.Invitations.TryCreateAsync(Make.Invitation(code, maxUses: 50), Make.Audit(), Ct);

        var results = await InParallel(50, i => First.Accounts.TryRegisterWithInvitationAsync(
            Make.User(i % 2 == 0 ? "SameName" : "samenamE"), code, Role.Operator, Make.Session(), Make.Audit(), Ct));

        Assert.Single(results, r => r.IsDone);
        Assert.Equal(49, results.Count(r => r.Status == WriteStatus.NameTaken));
        Assert.Equal(1, (await First.Invitations.FindAsync(code, Ct))!.Uses);
    }

    [Fact]
    [Trait("Requirement", "D7")]
    public async Task FirstAdmin_TwentyAtOnce_OneIsMade()
    {
        var results = await InParallel(20, i => Sets[i % 2].Accounts.TryRegisterFirstAdminAsync(
            Make.User("admin" + i, Role.Admin), null, Make.Session(), Make.Audit(), Ct));

        Assert.Single(results, r => r.IsDone);
        Assert.Equal(19, results.Count(r => r.Status == WriteStatus.AdminExists));
        Assert.Equal(1L, await Database.ScalarAsync<long>("SELECT COUNT(*) FROM kohaku_users"));
    }

    [Fact]
    [Trait("Requirement", "D5")]
    public async Task LastAdminsRemoveEachOther_OneIsAlwaysLeft()
    {
        for (var round = 0; round < 500; round++)
        {
            var a = await Make.UserAsync(First, $"a{round}", Role.Admin);
            var b = await Make.UserAsync(First, $"b{round}", Role.Admin);

            var results = await Task.WhenAll(
                Task.Run(() => RemoveAsync(First, a, round % 3), Ct), Task.Run(() => RemoveAsync(Second, b, (round + 1) % 3), Ct));

            Assert.Equal([WriteStatus.Done, WriteStatus.LastAdmin], results.Order());
            Assert.Equal(1L, await Database.ScalarAsync<long>("SELECT COUNT(*) FROM kohaku_users WHERE role = 4 AND is_active"));
            await Database.ExecuteAsync("DELETE FROM kohaku_users");
        }
    }

    [Fact]
    [Trait("Requirement", "D6"), Trait("Requirement", "V15.4.2")]
    public async Task Decide_FiftyApproveFiftyReject_OneWinsAndOneEntryIsWritten()
    {
        await First.Approvals.TryAddAsync(Make.Approval("t1"), Make.Audit(), Ct);

        var results = await InParallel(100, i => Sets[i / 2 % 2].Approvals.TryDecideAsync(
            "t1", Make.Decision(i % 2 == 0 ? ApprovalStatus.Approved : ApprovalStatus.Rejected), null, Make.Audit("task.decide"), Ct));

        var won = Assert.Single(results, r => r.IsDone);
        Assert.Equal(99, results.Count(r => r.Status == WriteStatus.Conflict));
        Assert.Equal(won.Value!.Status, (await First.Approvals.FindAsync("t1", Ct))!.Status);
        Assert.Equal(1, (await First.Audit.ListAsync(new AuditQuery { Action = "task.decide" }, Ct)).Total);
    }

    [Fact]
    public async Task Lease_TwentyCallers_EachDecisionIsHeldByOne()
    {
        for (var i = 0; i < 30; i++)
        {
            await First.Approvals.TryAddAsync(Make.Approval("t" + i) with { ApprovedAtOnce = true }, Make.Audit(), Ct);
        }

        var leases = await InParallel(20, i => Sets[i % 2].Approvals.LeaseUndeliveredAsync(
            10, Make.Now, Make.Now.AddMinutes(1), Ct));

        var held = leases.SelectMany(l => l).Select(a => a.Task.TaskId).ToList();
        Assert.Equal(held.Count, held.Distinct(StringComparer.Ordinal).Count());
        Assert.NotEmpty(held);
    }

    [Fact]
    [Trait("Requirement", "V15.4.2")]
    public async Task Throttle_HundredTakesOfSixty_ExactlySixtyPass()
    {
        var results = await InParallel(100, i => Sets[i % 2].Throttle.TryTakeAsync("login:10.0.0.1", Make.Now, 60, Ct));

        Assert.Equal(60, results.Count(taken => taken));
    }

    [Fact]
    [Trait("Requirement", "V15.4.2")]
    public async Task LoginAttempts_FiftyAtOnceAtTheThreshold_StopAtThePause()
    {
        var id = await Make.UserAsync(First, "guessed");
        var policy = new LockoutPolicy(10, TimeSpan.FromSeconds(30), TimeSpan.FromHours(1));

        var results = await InParallel(50, i => Sets[i % 2].Users.TryCountLoginAttemptAsync(id, policy, Make.Now, Ct));

        Assert.Equal(10, results.Count(counted => counted));
        var user = (await First.Users.FindAsync(id, Ct))!;
        Assert.Equal(10, user.FailedLogins);
        Assert.Equal(Make.Now.AddSeconds(30), user.LockedUntil);
    }

    [Fact]
    [Trait("Requirement", "V15.4.3")]
    public async Task RolesChanged_InOppositeDirectionsAtOnce_AllAreDoneAndCounted()
    {
        var ids = new List<long>();
        for (var i = 0; i < 40; i++)
        {
            ids.Add(await Make.UserAsync(First, "u" + i, i % 2 == 0 ? Role.Viewer : Role.Operator));
        }

        var results = await InParallel(40, i => Sets[i % 2].Accounts.TryUpdateUserAsync(
            ids[i], new UserChange { Role = i % 2 == 0 ? Role.Operator : Role.Viewer }, Make.Now, Make.Audit(), Ct));

        Assert.All(results, r => Assert.True(r.IsDone));
        Assert.Equal(20, (await First.Users.ListAsync(new UserQuery { Role = Role.Operator, Page = new(1) }, Make.Now, Ct)).Total);
    }

    [Fact]
    public async Task Look_ForTextThatCannotBeStored_FindsNothing()
    {
        await Make.UserAsync(First, "ab");

        Assert.Null(await First.Users.FindPasswordAsync("a\0b", Ct));
        Assert.Empty((await First.Users.ListAsync(new UserQuery { Search = "a\uD800", Page = new(5) }, Make.Now, Ct)).Items);
        Assert.Empty(await First.Approvals.FindAsync(["a\0", "b"], Ct));
    }

    private static async Task<WriteStatus> RemoveAsync(KohakuStoreSet stores, long id, int how) => how switch
    {
        0 => (await stores.Accounts.TryDeleteUserAsync(id, Make.Audit(), Ct)).Status,
        1 => (await stores.Accounts.TryUpdateUserAsync(id, new UserChange { Role = Role.User }, Make.Now, Make.Audit(), Ct)).Status,
        _ => (await stores.Accounts.TryUpdateUserAsync(id, new UserChange { IsActive = false }, Make.Now, Make.Audit(), Ct)).Status,
    };

    private static Task<T[]> InParallel<T>(int count, Func<int, Task<T>> act) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Run(() => act(i), Ct)));
}
