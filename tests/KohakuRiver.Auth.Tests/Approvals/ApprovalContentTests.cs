using KohakuRiver.Auth.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Tests;

/// <summary>What an approval never keeps, and what it keeps only for a time.</summary>
public sealed class ApprovalContentTests : IDisposable
{
    private readonly AuthHarness host = new();

    public void Dispose() => host.Dispose();

    [Fact]
    [Trait("Requirement", "V14.2.4"), Trait("Requirement", "V14.2.7")]
    public async Task Content_90DaysAfterTheDecision_IsRemoved()
    {
        await SubmitAsync(host, "decided");
        await SubmitAsync(host, "waiting");
        host.Clock.Advance(TimeSpan.FromDays(30));
        var decided = (await host.Approvals.RejectAsync(await host.RealAsync(TestActors.Operator()), "decided", "too big")).Require();

        host.Clock.Advance(TimeSpan.FromDays(90));
        await host.Get<Pruning>().PruneAsync();
        Assert.False((await FindAsync(host, "decided")).ContentRemoved);

        host.Clock.Advance(TimeSpan.FromTicks(10));
        await host.Get<Pruning>().PruneAsync();
        var after = await FindAsync(host, "decided");
        Assert.Equal((true, 0, 0), (after.ContentRemoved, after.Task.Arguments.Count, after.Task.Details.Count));
        Assert.Equal(
            (decided.Status, decided.DecidedBy, decided.DecidedAt, "too big", "echo"),
            (after.Status, after.DecidedBy, after.DecidedAt, after.Reason, after.Task.Command));
        Assert.Equal(["hello"], (await FindAsync(host, "waiting")).Task.Arguments);
        Assert.Contains(host.Log.GetSnapshot(), l => l.Message == "Removed the arguments and details of 1 approvals past their retention");
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(7, true)]
    public async Task Content_AsConfigured_IsKeptOrRemoved(int days, bool removed)
    {
        using var other = new AuthHarness(o => o.Retention.ApprovalContent = TimeSpan.FromDays(days));
        await SubmitAsync(other, "t");
        await other.Approvals.ApproveAsync(await other.RealAsync(TestActors.Operator()), "t");
        other.Clock.Advance(TimeSpan.FromDays(8));
        await other.Get<Pruning>().PruneAsync();
        Assert.Equal(removed, (await FindAsync(other, "t")).ContentRemoved);
    }

    [Fact]
    public async Task SecretDetails_OfASubmission_AreNamesAndNoValuesFromTheStart()
    {
        const string Value = "correct-horse-battery";
        Approval? handedOver = null;
        var scheduler = new ScriptedScheduler
        {
            Behaviour = (approval, _) =>
            {
                handedOver = approval;
                return Task.CompletedTask;
            },
        };
        using var scheduled = new AuthHarness(build: b =>
        {
            b.Services.AddSingleton(scheduler);
            b.AddTaskApprovalHandler<ScriptedScheduler.Handler>();
        });
        var task = MatrixWorld.NewTask("t") with
        {
            Details = new Dictionary<string, string>(StringComparer.Ordinal) { ["env TOKEN"] = Value, ["image"] = "a" },
            SecretDetails = ["env TOKEN", "env NEVER_GIVEN", "env TOKEN"],
        };
        var user = await scheduled.RealAsync(TestActors.User());

        var made = (await scheduled.Approvals.SubmitAsync(user, task)).Require().Approval;
        await scheduled.Approvals.ApproveAsync(await scheduled.RealAsync(TestActors.Operator()), "t");

        foreach (var approval in new[] { made, await FindAsync(scheduled, "t"), handedOver! })
        {
            Assert.Equal([new KeyValuePair<string, string>("image", "a")], approval.Task.Details);
            Assert.Equal(["env NEVER_GIVEN", "env TOKEN"], approval.Task.SecretDetails);
        }

        Assert.DoesNotContain(scheduled.Log.GetSnapshot(), l => l.Message.Contains(Value, StringComparison.Ordinal));
        Assert.All(await scheduled.ReadAuditAsync(), e => Assert.DoesNotContain(Value, e.ToString(), StringComparison.Ordinal));

        // The same again is the same again, with the value or without it.
        Assert.Equal(made.Id, (await scheduled.Approvals.SubmitAsync(user, task)).Require().Approval.Id);
        Assert.Equal(made.Id, (await scheduled.Approvals.SubmitAsync(user, made.Task)).Require().Approval.Id);
    }

    private static async Task SubmitAsync(AuthHarness at, string id) =>
        Assert.True((await at.Approvals.SubmitAsync(await at.RealAsync(TestActors.User()), MatrixWorld.NewTask(id) with
        {
            Details = new Dictionary<string, string>(StringComparer.Ordinal) { ["env MODE"] = "test" },
        })).IsSuccess);

    private static async Task<Approval> FindAsync(AuthHarness at, string id) =>
        (await at.Stores.Approvals.FindAsync(id, CancellationToken.None))!;
}
