using System.Collections.Concurrent;

namespace KohakuRiver.Auth.Tests;

/// <summary>A host's scheduler that does what a test tells it, and remembers what it was called with.</summary>
internal sealed class ScriptedScheduler
{
    private readonly ConcurrentQueue<(string TaskId, ApprovalStatus Status)> calls = new();

    /// <summary>Run by each call after it is noted; null = take the decision over.</summary>
    internal Func<Approval, CancellationToken, Task>? Behaviour { get; set; }

    internal IReadOnlyList<(string TaskId, ApprovalStatus Status)> Calls => [.. calls];

    internal async Task CallAsync(Approval approval, ApprovalStatus status, CancellationToken cancellationToken)
    {
        calls.Enqueue((approval.Task.TaskId, status));
        if (Behaviour is { } behaviour)
        {
            await behaviour(approval, cancellationToken);
        }
    }

    /// <summary>What the container makes anew for each delivery.</summary>
    internal sealed class Handler(ScriptedScheduler scheduler) : ITaskApprovalHandler
    {
        public Task OnApprovedAsync(Approval approval, CancellationToken cancellationToken) =>
            scheduler.CallAsync(approval, ApprovalStatus.Approved, cancellationToken);

        public Task OnRejectedAsync(Approval approval, CancellationToken cancellationToken) =>
            scheduler.CallAsync(approval, ApprovalStatus.Rejected, cancellationToken);

        public Task OnWithdrawnAsync(Approval approval, CancellationToken cancellationToken) =>
            scheduler.CallAsync(approval, ApprovalStatus.Withdrawn, cancellationToken);
    }
}
