namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Calls;

/// <summary>The approval queue and its decisions.</summary>
public sealed class ApprovalCallTests
{
    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    [Trait("Requirement", "V2.3.1")]
    public async Task Decisions_OfEveryKind_AnswerAsTheContractSays(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        var boss = await host.AddAsync(Role.Operator, "boss");
        var mary = await host.AddAsync(Role.User, "mary");
        foreach (var id in new[] { "t-1", "t-2", "t-3", "t-4" })
        {
            await host.SubmitAsync(mary, id, "nvidia-smi");
        }

        var queue = (await boss.Session.GetAsync("/api/tasks/pending-approval")).Expect(200);
        Shape.CheckList(queue.Json, Shape.Pending);
        Assert.Equal("4", queue.Header("X-Total-Count"));
        var row = queue.Json[0];
        Assert.Equal("t-4", row.GetProperty("task_id").GetString());
        Assert.Equal("pending_approval", row.GetProperty("status").GetString());
        Assert.Equal("nvidia-smi", row.GetProperty("command").GetString());
        Assert.Equal("""["hello"]""", row.GetProperty("arguments").GetRawText());
        Assert.Equal("mary", row.GetProperty("owner_username").GetString());
        Assert.Equal("""{"count":4}""", (await boss.Session.GetAsync("/api/tasks/pending-approval/count")).Expect(200).Text);

        var approved = (await boss.Session.PostAsync("/api/approve/t-1")).Expect(200);
        Shape.Check(approved.Json, "message:s task_id:s");
        Assert.Equal("t-1", approved["task_id"].GetString());
        var rejected = (await boss.Session.PostAsync("/api/reject/t-2?reason=too%20big")).Expect(200);
        Shape.Check(rejected.Json, "message:s task_id:s reason:s");
        Assert.Equal("too big", rejected["reason"].GetString());
        Assert.Equal(
            "no GPU", (await boss.Bearer.PostAsync("/api/reject/t-3", new { reason = "no GPU" })).Expect(200)["reason"].GetString());
        Shape.Check((await mary.Session.PostAsync("/api/withdraw/t-4")).Expect(200).Json, "message:s task_id:s");
        Assert.Equal(["approved t-1", "rejected t-2", "rejected t-3", "withdrawn t-4"], host.Scheduled);

        foreach (var id in new[] { "t-1", "t-2", "t-3", "t-4" })
        {
            (await boss.Session.PostAsync($"/api/approve/{id}")).ExpectProblem(409);
            (await boss.Session.PostAsync($"/api/reject/{id}")).ExpectProblem(409);
            (await mary.Session.PostAsync($"/api/withdraw/{id}")).ExpectProblem(409);
        }

        var history = (await boss.Session.GetAsync("/api/approvals")).Expect(200);
        Shape.CheckList(history.Json, Shape.Approval);
        Assert.Equal(
            ["withdrawn", "rejected", "rejected", "approved"],
            history.Json.EnumerateArray().Select(a => a.GetProperty("status").GetString()!));
        Assert.Equal("no GPU", history.Json[1].GetProperty("rejection_reason").GetString());
        Assert.Equal("boss", history.Json[1].GetProperty("decided_by").GetString());
        Assert.NotEqual("null", history.Json[1].GetProperty("delivered_at").GetRawText());
        Assert.Equal(2, (await boss.Session.GetAsync("/api/approvals?status=rejected")).Json.GetArrayLength());
        Assert.Equal("""{"count":0}""", (await boss.Session.GetAsync("/api/tasks/pending-approval/count")).Text);
    }

    [Fact]
    public async Task Decisions_WithABodyThatIsNull_AreTakenAsWithoutOne()
    {
        await using var host = await TestHost.StartApiAsync();
        var boss = await host.AddAsync(Role.Operator, "boss");
        var mary = await host.AddAsync(Role.User, "mary");
        foreach (var id in new[] { "t-1", "t-2", "t-3", "t-4" })
        {
            await host.SubmitAsync(mary, id, "nvidia-smi");
        }

        (await boss.Session.PostAsync("/api/approve/t-1", "null")).Expect(200);
        Assert.Equal("no GPU", (await boss.Session.PostAsync("/api/reject/t-2?reason=no+GPU", "null")).Expect(200)["reason"].GetString());
        Assert.Equal("null", (await boss.Session.PostAsync("/api/reject/t-3", " null ")).Expect(200)["reason"].GetRawText());
        (await mary.Session.PostAsync("/api/withdraw/t-4", "null")).Expect(200);
    }

    [Fact]
    public async Task History_AfterItsRetention_TellsRemovedFromEmpty()
    {
        await using var host = await TestHost.StartApiAsync();
        var boss = await host.AddAsync(Role.Operator, "boss");
        var mary = await host.AddAsync(Role.User, "mary");
        await host.SubmitAsync(mary, "t-1");
        (await boss.Session.PostAsync("/api/approve/t-1")).Expect(200);
        host.Clock.Advance(TimeSpan.FromDays(91));
        await host.SubmitAsync(mary, new TaskSubmission { TaskId = "t-2", Command = "echo" });
        await host.Stores.Approvals.RemoveContentAsync(host.Now - TimeSpan.FromDays(90), TestContext.Current.CancellationToken);

        var history = (await host.Master.GetAsync("/api/approvals")).Expect(200);
        Assert.Equal(
            ("[]", "{}"), (history.Json[0].GetProperty("arguments").GetRawText(), history.Json[0].GetProperty("details").GetRawText()));
        Assert.Equal(
            ("null", "null"), (history.Json[1].GetProperty("arguments").GetRawText(), history.Json[1].GetProperty("details").GetRawText()));
        Assert.Equal(
            ("echo", "boss"), (history.Json[1].GetProperty("command").GetString(), history.Json[1].GetProperty("decided_by").GetString()));
    }

    [Fact]
    public async Task Queue_WithSecretDetails_ShowsTheirNamesWithoutAValue()
    {
        await using var host = await TestHost.StartApiAsync();
        var boss = await host.AddAsync(Role.Operator, "boss");
        var mary = await host.AddAsync(Role.User, "mary");
        await host.SubmitAsync(mary, new TaskSubmission
        {
            TaskId = "t-1",
            Command = "echo",
            Details = new Dictionary<string, string>(StringComparer.Ordinal) { ["env MODE"] = "", ["env TOKEN"] = "hunter2" },
            SecretDetails = ["env TOKEN"],
        });
        foreach (var path in new[] { "/api/tasks/pending-approval", "/api/approvals" })
        {
            var row = (await boss.Session.GetAsync(path)).Expect(200).Json[0];
            Assert.Equal("""{"env MODE":"","env TOKEN":null}""", row.GetProperty("details").GetRawText());
        }
    }

    [Fact]
    public async Task Reject_WithoutAReasonOrWithTwo_TakesNoneAndRefusesTwo()
    {
        await using var host = await TestHost.StartApiAsync();
        var boss = await host.AddAsync(Role.Operator);
        var mary = await host.AddAsync(Role.User);
        await host.SubmitAsync(mary, "t-1");
        await host.SubmitAsync(mary, "t-2");
        (await boss.Session.PostAsync("/api/reject/t-1?reason=a", new { reason = "b" })).ExpectProblem(400, "reason");
        (await boss.Session.PostAsync("/api/reject/t-1?reason=a&reason=b")).ExpectProblem(400, "reason");
        (await boss.Session.PostAsync($"/api/reject/t-1?reason={new string('x', 1001)}")).ExpectProblem(400, "reason");
        (await boss.Session.PostAsync("/api/reject/t-1", new { reason = new string('x', 1001) })).ExpectProblem(400, "reason");
        Assert.Equal("""{"count":2}""", (await boss.Session.GetAsync("/api/tasks/pending-approval/count")).Text);
        Assert.Equal("null", (await boss.Session.PostAsync("/api/reject/t-1")).Expect(200)["reason"].GetRawText());
        Assert.Equal("a", (await boss.Session.PostAsync("/api/reject/t-2?reason=a", "{}")).Expect(200)["reason"].GetString());
    }

    [Fact]
    public async Task History_ForThoseBelowOperator_HoldsOnlyTheirOwn()
    {
        await using var host = await TestHost.StartApiAsync();
        var mary = await host.AddAsync(Role.User);
        var jane = await host.AddAsync(Role.User);
        var viewer = await host.AddAsync(Role.Viewer);
        await host.SubmitAsync(mary, "t-1");
        await host.SubmitAsync(jane, "t-2");
        var seen = Assert.Single((await mary.Session.GetAsync("/api/approvals")).Expect(200).Json.EnumerateArray());
        Assert.Equal("t-1", seen.GetProperty("task_id").GetString());
        Assert.Equal("[]", (await viewer.Session.GetAsync("/api/approvals")).Expect(200).Text);
        Assert.Equal(2, (await host.Master.GetAsync("/api/approvals")).Expect(200).Json.GetArrayLength());
        (await jane.Session.PostAsync("/api/withdraw/t-1")).ExpectProblem(404);
        (await jane.Session.PostAsync("/api/approve/t-2")).ExpectProblem(403);
        (await host.Master.PostAsync("/api/withdraw/t-1")).ExpectProblem(404);
    }

    [Fact]
    [Trait("Requirement", "V2.3.5")]
    public async Task Approve_OnesOwnTaskThatWaits_IsForbidden()
    {
        await using var host = await TestHost.StartApiAsync();
        (await host.Master.PatchAsync("/api/auth/settings", """{"approval_required_roles":["user","operator"]}""")).Expect(200);
        var boss = await host.AddAsync(Role.Operator);
        var other = await host.AddAsync(Role.Operator);
        await host.SubmitAsync(boss, "t-1");
        (await boss.Session.PostAsync("/api/approve/t-1")).ExpectProblem(403);
        (await boss.Session.PostAsync("/api/reject/t-1")).ExpectProblem(403);
        (await other.Session.PostAsync("/api/approve/t-1")).Expect(200);
    }

    [Fact]
    public async Task Queue_ByOffset_SkipsRowsAndRefusesTwoWaysAtOnce()
    {
        await using var host = await TestHost.StartApiAsync();
        var mary = await host.AddAsync(Role.User);
        for (var i = 1; i <= 5; i++)
        {
            await host.SubmitAsync(mary, $"t-{i}");
        }

        var second = (await host.Master.GetAsync("/api/tasks/pending-approval?limit=2&offset=2")).Expect(200);
        Assert.Equal(["t-3", "t-2"], second.Json.EnumerateArray().Select(t => t.GetProperty("task_id").GetString()!));
        Assert.Equal("5", second.Header("X-Total-Count"));
        var last = (await host.Master.GetAsync(PagingTests.Next(second)!)).Expect(200);
        Assert.Equal(["t-1"], last.Json.EnumerateArray().Select(t => t.GetProperty("task_id").GetString()!));
        (await host.Master.GetAsync(PagingTests.Next(second) + "&offset=1")).ExpectProblem(400, "offset");
        Assert.Equal("[]", (await host.Master.GetAsync("/api/tasks/pending-approval?offset=99")).Expect(200).Text);
    }
}
