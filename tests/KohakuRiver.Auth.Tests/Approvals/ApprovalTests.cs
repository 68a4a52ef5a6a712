using KohakuRiver.Auth.Testing;

namespace KohakuRiver.Auth.Tests;

public sealed class ApprovalTests : IDisposable
{
    private static readonly PageRequest Page = new(100);
    private readonly AuthHarness host = new();

    public void Dispose() => host.Dispose();

    [Theory]
    [InlineData("user", ApprovalStatus.Pending, ApprovalStatus.Approved, ApprovalStatus.Approved)]
    [InlineData("", ApprovalStatus.Approved, ApprovalStatus.Approved, ApprovalStatus.Approved)]
    [InlineData("user,operator", ApprovalStatus.Pending, ApprovalStatus.Pending, ApprovalStatus.Approved)]
    [InlineData("user,operator,admin", ApprovalStatus.Pending, ApprovalStatus.Pending, ApprovalStatus.Approved)]
    public async Task Submit_ByRoleAndSetting(string waiting, ApprovalStatus user, ApprovalStatus op, ApprovalStatus system)
    {
        var roles = waiting.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(n => RoleNames.TryParse(n, out var r) ? r : default)
            .ToList();
        await host.Settings.UpdateAsync(Actor.Host, new SettingsChange { ApprovalRequiredRoles = roles });

        foreach (var (actor, expected) in new[]
        {
            (TestActors.User(), user),
            (TestActors.Operator(), op),
            (TestActors.MasterSecret(), system),
            (TestActors.AuthOff(), system),
            (TestActors.Host(), system),
        })
        {
            var made = (await host.Approvals.SubmitAsync(actor, MatrixWorld.NewTask($"t-{actor.Kind}-{actor.Role}"))).Require().Approval;
            Assert.Equal((expected, actor.Username, host.Now), (made.Status, made.Submitter, made.SubmittedAt));
            Assert.Equal(expected == ApprovalStatus.Approved ? actor.Username : null, made.DecidedBy);
        }
    }

    [Fact]
    public async Task Submit_Again_GivesTheSameRow()
    {
        var user = TestActors.Of(await host.AddUserAsync(Role.User, "alice"));
        var first = (await host.Approvals.SubmitAsync(user, MatrixWorld.NewTask("t1"))).Require().Approval;
        await host.Approvals.RejectAsync(TestActors.Operator(), "t1", "no");

        var again = (await host.Approvals.SubmitAsync(user, MatrixWorld.NewTask("t1"))).Require().Approval;

        Assert.Equal((first.Id, ApprovalStatus.Rejected), (again.Id, again.Status));
        Assert.Single(await host.ReadAuditAsync(AuditActions.TaskSubmit));
        ResultAssert.Refused(RefusalKind.Conflict, await host.Approvals.SubmitAsync(TestActors.Operator(), MatrixWorld.NewTask("t1")));

        // The system's own rows are repeatable too, and nobody else's become its own.
        await host.Approvals.SubmitAsync(Actor.Host, MatrixWorld.NewTask("t2"));
        Assert.True((await host.Approvals.SubmitAsync(TestActors.MasterSecret(), MatrixWorld.NewTask("t2"))).IsSuccess);
        await host.Users.DeleteAsync(Actor.Host, user.Id!.Value);
        ResultAssert.Refused(RefusalKind.Conflict, await host.Approvals.SubmitAsync(Actor.Host, MatrixWorld.NewTask("t1")));
        var namesake = TestActors.Of(await host.AddUserAsync(Role.User, "alice"));
        ResultAssert.Refused(RefusalKind.Conflict, await host.Approvals.SubmitAsync(namesake, MatrixWorld.NewTask("t1")));
    }

    private static TaskSubmission Whole => new()
    {
        TaskId = "t1", TaskType = "command", Command = "git", Arguments = ["push", "--dry-run"], RequiredCores = 2,
        RequiredMemoryBytes = 1024,
        RequiredGpus = [0, 1], TargetNode = "node-1", Details = new Dictionary<string, string> { ["env.A"] = "1", ["image"] = "x" },
    };

    public static TheoryData<string, TaskSubmission> OtherContent => new()
    {
        { "TaskType", Whole with { TaskType = "vps" } },
        { "Command", Whole with { Command = "Git" } },
        { "Arguments", Whole with { Arguments = ["push"] } },
        { "Arguments", Whole with { Arguments = ["push", "--dry-run=false"] } },
        { "Arguments", Whole with { Arguments = ["--dry-run", "push"] } },
        { "Arguments", Whole with { Arguments = ["push --dry-run"] } },
        { "RequiredCores", Whole with { RequiredCores = 3 } },
        { "RequiredMemoryBytes", Whole with { RequiredMemoryBytes = null } },
        { "RequiredGpus", Whole with { RequiredGpus = [0] } },
        { "TargetNode", Whole with { TargetNode = null } },
        { "Details", Whole with { Details = new Dictionary<string, string> { ["env.A"] = "2", ["image"] = "x" } } },
        { "Details", Whole with { Details = new Dictionary<string, string> { ["env.a"] = "1", ["image"] = "x" } } },
        { "Details", Whole with { Details = new Dictionary<string, string> { ["env.A"] = "1", ["image"] = "x", ["more"] = "" } } },
        { "SecretDetails", Whole with { SecretDetails = ["env.TOKEN"] } },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(OtherContent))]
    [Trait("Requirement", "V2.3.1")]
    public async Task Submit_AgainWithOtherContent_IsAConflict(string field, TaskSubmission other)
    {
        Assert.NotNull(field);
        var user = TestActors.Of(await host.AddUserAsync(Role.User, "alice"));
        foreach (var decide in new Func<Task>[]
        {
            () => Task.CompletedTask, () => host.Approvals.ApproveAsync(TestActors.Operator(), "t1"),
        })
        {
            await host.Approvals.SubmitAsync(user, Whole);
            await decide();
            ResultAssert.Refused(RefusalKind.Conflict, await host.Approvals.SubmitAsync(user, other));

            // Said the same way it is no other content, whatever the order of its details.
            var again = Whole with { Details = new Dictionary<string, string> { ["image"] = "x", ["env.A"] = "1" } };
            Assert.True((await host.Approvals.SubmitAsync(user, again)).IsSuccess);
        }

        Assert.Single(await host.ReadAuditAsync(AuditActions.TaskSubmit));
    }

    [Fact]
    public void OtherContent_CoversEverythingThatIsSubmitted()
    {
        var covered = OtherContent.Select(row => row.Data.Item1).Append("TaskId")
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        Assert.Equal(typeof(TaskSubmission).GetProperties().Select(p => p.Name).Order(StringComparer.Ordinal), covered);
    }

    public static TheoryData<string, TaskSubmission> BadTasks => new()
    {
        { "TaskId", MatrixWorld.NewTask("") },
        { "TaskId", MatrixWorld.NewTask("a b") },
        { "TaskId", MatrixWorld.NewTask(new string('x', 65)) },
        { "TaskType", MatrixWorld.NewTask("t") with { TaskType = "" } },
        { "Command", MatrixWorld.NewTask("t") with { Command = " " } },
        { "Command", MatrixWorld.NewTask("t") with { Command = null! } },
        { "Command", MatrixWorld.NewTask("t") with { Command = "a\0b" } },
        { "Command", MatrixWorld.NewTask("t") with { Command = "a\uD800b" } },
        { "Command", MatrixWorld.NewTask("t") with { Command = new string('x', 32_768), Arguments = ["x"] } },
        { "Arguments", MatrixWorld.NewTask("t") with { Arguments = ["a", null!] } },
        { "Arguments", MatrixWorld.NewTask("t") with { Arguments = ["\uDC00"] } },
        { "RequiredCores", MatrixWorld.NewTask("t") with { RequiredCores = -1 } },
        { "RequiredMemoryBytes", MatrixWorld.NewTask("t") with { RequiredMemoryBytes = -1 } },
        { "RequiredMemoryBytes", MatrixWorld.NewTask("t") with { RequiredMemoryBytes = long.MaxValue } },
        { "RequiredGpus", MatrixWorld.NewTask("t") with { RequiredGpus = [0, -1] } },
        { "RequiredGpus", MatrixWorld.NewTask("t") with { RequiredGpus = [.. Enumerable.Range(0, 1025)] } },
        { "TargetNode", MatrixWorld.NewTask("t") with { TargetNode = "a\0" } },
        { "TargetNode", MatrixWorld.NewTask("t") with { TargetNode = new string('x', 256) } },
        { "Details", MatrixWorld.NewTask("t") with { Details = new Dictionary<string, string> { ["k"] = "\0" } } },
        { "Details", MatrixWorld.NewTask("t") with { Details = new Dictionary<string, string> { ["k"] = new string('x', 32_768) } } },
        { "Details", MatrixWorld.NewTask("t") with { Details = Enumerable.Range(0, 51).ToDictionary(i => $"k{i}", _ => "") } },
        { "Details", MatrixWorld.NewTask("t") with { SecretDetails = [new string('x', 32_769)] } },
        { "Details", MatrixWorld.NewTask("t") with { SecretDetails = [.. Enumerable.Range(0, 51).Select(i => $"k{i}")] } },
        { "SecretDetails", MatrixWorld.NewTask("t") with { SecretDetails = ["a\0"] } },
        { "SecretDetails", MatrixWorld.NewTask("t") with { SecretDetails = [null!] } },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(BadTasks))]
    public async Task Submit_BadField_IsInvalid(string field, TaskSubmission task)
    {
        ResultAssert.Faulty(field, await host.Approvals.SubmitAsync(TestActors.User(), task));
        Assert.Empty(await host.ReadAuditAsync());
    }

    [Fact]
    public async Task Submit_EverythingThatIsFine_IsKept()
    {
        var task = new TaskSubmission
        {
            TaskId = "a:b-c_d.1", TaskType = "vps", Command = "printf '\u001b[1m\n😀'", Arguments = ["", "two words"], RequiredCores = 0,
            RequiredMemoryBytes =
                1, RequiredGpus = [0, 1], TargetNode = "node-1", Details = new Dictionary<string, string> { ["image"] = "x" },
        };
        await host.Approvals.SubmitAsync(TestActors.User(), task);
        var kept = (await host.Approvals.FindAsync([task.TaskId]))[task.TaskId].Task;
        Assert.Equal((task.Command, task.TargetNode, "x"), (kept.Command, kept.TargetNode, kept.Details["image"]));
        Assert.Equal(task.Arguments, kept.Arguments);
    }

    [Fact]
    [Trait("Requirement", "V2.3.1")]
    public async Task Decide_OnlyFromPending()
    {
        await host.Approvals.SubmitAsync(TestActors.User(), MatrixWorld.NewTask("t1"));
        var rejected = (await host.Approvals.RejectAsync(TestActors.Operator(), "t1", "  because  ")).Require();
        Assert.Equal((ApprovalStatus.Rejected, "operator", "because"), (rejected.Status, rejected.DecidedBy, rejected.Reason));
        ResultAssert.Refused(RefusalKind.Conflict, await host.Approvals.ApproveAsync(TestActors.Admin(), "t1"));
        ResultAssert.Refused(RefusalKind.Conflict, await host.Approvals.RejectAsync(TestActors.Admin(), "t1", null));

        await host.Approvals.SubmitAsync(TestActors.User(), MatrixWorld.NewTask("t2"));
        Assert.Null((await host.Approvals.RejectAsync(TestActors.Operator(), "t2", " ")).Require().Reason);
        ResultAssert.Refused(RefusalKind.Conflict, await host.Approvals.ApproveAsync(TestActors.Admin(), "t2"));
        ResultAssert.Faulty("Reason", await host.Approvals.RejectAsync(TestActors.Admin(), "t2", new string('x', 1001)));
    }

    [Fact]
    public async Task Decide_LongReasonWithWideCharacters_IsWholeInTheRowAndCutCleanlyInTheLog()
    {
        await host.Approvals.SubmitAsync(TestActors.User(), MatrixWorld.NewTask("t1") with { Command = new string('c', 30_000) });
        var reason = string.Concat(Enumerable.Repeat("😀", 500));

        Assert.Equal(reason, (await host.Approvals.RejectAsync(TestActors.Operator(), "t1", reason)).Require().Reason);

        var entry = Assert.Single(await host.ReadAuditAsync(AuditActions.TaskReject));
        Assert.InRange(entry.Detail!.Length, 990, 1000);
        Assert.False(char.IsHighSurrogate(entry.Detail[^1]));
        Assert.Equal(200, entry.Target!.Length);
    }

    [Fact]
    [Trait("Requirement", "V2.3.5")]
    public async Task OwnSubmission_NobodyDecides_ExceptWhereItWouldBeAutoApproved()
    {
        var op = TestActors.Of(await host.AddUserAsync(Role.Operator, "op"));
        await host.Settings.UpdateAsync(Actor.Host, new SettingsChange { ApprovalRequiredRoles = [Role.User, Role.Operator] });
        await host.Approvals.SubmitAsync(op, MatrixWorld.NewTask("t1"));
        ResultAssert.Refused(RefusalKind.Forbidden, await host.Approvals.ApproveAsync(op, "t1"));
        ResultAssert.Refused(RefusalKind.Forbidden, await host.Approvals.RejectAsync(op, "t1", null));

        await host.Settings.UpdateAsync(Actor.Host, new SettingsChange { ApprovalRequiredRoles = [Role.User] });
        Assert.True((await host.Approvals.ApproveAsync(op, "t1")).IsSuccess);
    }

    [Fact]
    public async Task Withdraw_BySubmitterWhilePending_HiddenForOthers()
    {
        var alice = TestActors.Of(await host.AddUserAsync(Role.User, "alice"));
        await host.Approvals.SubmitAsync(alice, MatrixWorld.NewTask("t1"));
        foreach (var other in new[]
        {
            TestActors.Viewer(),
            TestActors.User(),
            TestActors.Operator(),
            TestActors.Admin(),
            TestActors.MasterSecret(),
        })
        {
            ResultAssert.Refused(RefusalKind.Hidden, await host.Approvals.WithdrawAsync(other, "t1"));
        }

        var withdrawn = (await host.Approvals.WithdrawAsync(alice.AsToken(), "t1")).Require();
        Assert.Equal((ApprovalStatus.Withdrawn, "alice"), (withdrawn.Status, withdrawn.DecidedBy));
        ResultAssert.Refused(RefusalKind.Conflict, await host.Approvals.WithdrawAsync(alice, "t1"));
        ResultAssert.Refused(RefusalKind.Hidden, await host.Approvals.WithdrawAsync(TestActors.Operator(), "t1"));
        ResultAssert.Refused(RefusalKind.Conflict, await host.Approvals.ApproveAsync(TestActors.Operator(), "t1"));
    }

    [Fact]
    [Trait("Requirement", "Known_KohakuRiverApprovals")]
    public async Task Race_FiftyApproveFiftyRejectAndAWithdrawal_OneWins()
    {
        using var second = host.Second();
        var alice = TestActors.Of(await host.AddUserAsync(Role.User, "alice"));
        for (var round = 0; round < 20; round++)
        {
            var id = $"t{round}";
            await host.Approvals.SubmitAsync(alice, MatrixWorld.NewTask(id));

            var outcomes = await Task.WhenAll(Enumerable.Range(0, 101).Select(i => Task.Run(() =>
            {
                var approvals = i % 4 < 2 ? host.Approvals : second.Approvals;
                return i == 100 ? approvals.WithdrawAsync(alice, id)
                    : i % 2 == 0 ? approvals.ApproveAsync(TestActors.Operator(), id)
                    : approvals.RejectAsync(TestActors.Admin(), id, null);
            })));

            var won = Assert.Single(outcomes, o => o.IsSuccess).Value!;
            Assert.All(outcomes.Where(o => !o.IsSuccess), o => ResultAssert.Refused(RefusalKind.Conflict, o));
            var kept = (await host.Approvals.FindAsync([id]))[id];
            Assert.Equal((won.Status, won.DecidedBy), (kept.Status, kept.DecidedBy));
            Assert.Single(await host.ReadAuditAsync("task"), e => e.TargetId == id && e.Action != AuditActions.TaskSubmit);
        }
    }

    [Fact]
    public async Task List_EverybodysForApprovers_OwnForOthers()
    {
        var alice = TestActors.Of(await host.AddUserAsync(Role.User, "alice"));
        await host.Approvals.SubmitAsync(alice, MatrixWorld.NewTask("t1"));
        await host.Approvals.SubmitAsync(Actor.Host, MatrixWorld.NewTask("t2"));
        Assert.Equal(["t1"], (await host.Approvals.ListAsync(alice, null, Page)).Require().Items.Select(a => a.Task.TaskId));
        Assert.Empty((await host.Approvals.ListAsync(TestActors.Viewer(), null, Page)).Require().Items);
        Assert.Equal(
            ["t2", "t1"], (await host.Approvals.ListAsync(TestActors.Operator(), null, Page)).Require().Items.Select(a => a.Task.TaskId));
        var others = new ApprovalQuery { SubmitterId = alice.Id + 1, OldestFirst = true, Page = Page };
        Assert.Equal(["t1"], (await host.Approvals.SearchAsync(alice, others)).Require().Items.Select(a => a.Task.TaskId));
        Assert.Equal(["t2"], (await host.Approvals.ListAsync(TestActors.Operator(), ApprovalStatus.Approved, Page)).Require().Items
            .Select(a => a.Task.TaskId));
        Assert.Equal(
            ["t1"], (await host.Approvals.ListPendingAsync(TestActors.Operator(), Page)).Require().Items.Select(a => a.Task.TaskId));
        Assert.Equal(1, (await host.Approvals.CountPendingAsync(TestActors.Operator())).Require());
        Assert.Empty(await host.Approvals.FindAsync(["t3"]));
        Assert.Empty(await host.Approvals.FindAsync([]));
    }
}
