using System.Collections.Concurrent;

namespace KohakuRiver.Auth.AspNetCore.Tests;

/// <summary>A host's scheduler that notes what it is told.</summary>
internal sealed class RecordingScheduler(RecordingScheduler.Log log) : ITaskApprovalHandler
{
    public Task OnApprovedAsync(Approval approval, CancellationToken cancellationToken) => Note("approved", approval);

    public Task OnRejectedAsync(Approval approval, CancellationToken cancellationToken) => Note("rejected", approval);

    public Task OnWithdrawnAsync(Approval approval, CancellationToken cancellationToken) => Note("withdrawn", approval);

    private Task Note(string what, Approval approval)
    {
        log.Calls.Enqueue($"{what} {approval.Task.TaskId}");
        return Task.CompletedTask;
    }

    internal sealed class Log
    {
        internal ConcurrentQueue<string> Calls { get; } = new();
    }
}
