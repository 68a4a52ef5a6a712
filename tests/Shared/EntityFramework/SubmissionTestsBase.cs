using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.EntityFrameworkCore.Tests;

/// <summary>The same task id again: the same submission is one row, another one is a conflict, also between two hosts at once.</summary>
public abstract class SubmissionTestsBase(ITestDatabase database) : EngineTests(database)
{
    private static readonly TaskSubmission Task1 = new()
    {
        TaskId = "t1", Command = "git\n\u00fc \ud83d\ude00 \u202e", Arguments = ["", "a b", "\"q\"", "--dry-run"],
        RequiredCores = 3, RequiredMemoryBytes = 1L << 40,
        RequiredGpus = [3, 0], TargetNode = "node-1",
        Details = new Dictionary<string, string> { ["env.B"] = "2", ["env.A"] = "\u00e9 e\u0301", ["empty"] = "" },
    };

    [Fact]
    [Trait("Requirement", "V2.3.1")]
    public async Task Submit_HalfOfThemOtherContent_TheFirstContentStands()
    {
        await using var one = Services(First);
        await using var two = Services(Second);
        var other = Task1 with { Arguments = ["", "a b", "\"q\"", "--dry-run=false"] };
        var submitted = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => System.Threading.Tasks.Task.Run(
            async () =>
            {
                var task = i % 2 == 0 ? Task1 : other;
                var services = i / 2 % 2 == 0 ? one : two;
                return (Task: task, Outcome: await services.GetRequiredService<IApprovalService>().SubmitAsync(Actor.Host, task, Ct));
            },
            Ct)));

        var stands = (await First.Approvals.FindAsync("t1", Ct))!;
        Assert.All(submitted, s => Assert.Equal(s.Task.Arguments.SequenceEqual(stands.Task.Arguments), s.Outcome.IsSuccess));
        Assert.Equal(20, submitted.Count(s => s.Outcome.IsSuccess));
        Assert.All(submitted.Where(s => s.Outcome.IsSuccess), s => Assert.Equal(stands.Id, s.Outcome.Require().Approval.Id));
        Assert.All(submitted.Where(s => !s.Outcome.IsSuccess), s => Assert.Equal(RefusalKind.Conflict, s.Outcome.Refusal!.Kind));
        Assert.Equal(1, (await First.Audit.ListAsync(new AuditQuery { Action = AuditActions.TaskSubmit }, Ct)).Total);

        // After a restart too, and once decided.
        await using var again = Services(Second);
        var approvals = again.GetRequiredService<IApprovalService>();
        Assert.True((await approvals.SubmitAsync(Actor.Host, submitted.First(s => s.Outcome.IsSuccess).Task, Ct)).IsSuccess);
        var refused = await approvals.SubmitAsync(Actor.Host, submitted.First(s => !s.Outcome.IsSuccess).Task, Ct);
        Assert.Equal(RefusalKind.Conflict, refused.Refusal?.Kind);
    }

    private static ServiceProvider Services(KohakuStoreSet stores)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddKohakuAuth().UseStores(_ => stores);
        return services.BuildServiceProvider();
    }
}
