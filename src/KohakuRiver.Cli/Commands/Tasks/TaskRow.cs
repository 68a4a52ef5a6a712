using System.Text.Json;

namespace KohakuRiver.Cli;

/// <summary>A task in a list as <c>--json</c> prints it: without its output, which <c>tasks logs</c> shows.</summary>
internal sealed record TaskRow(
    string TaskId, string? TaskType, string? Command, IReadOnlyList<string>? Arguments, IReadOnlyDictionary<string, string>? EnvVars,
    string Status, int? RequiredCores, long? RequiredMemoryBytes, JsonElement? RequiredGpus, string? AssignedNode, long? OwnerId,
    string? OwnerUsername, DateTimeOffset? SubmittedAt, DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt, int? ExitCode,
    string? ApprovalStatus, string? ApprovedBy, string? RejectionReason)
{
    internal static TaskRow Of(ClusterTask task) => new(
        task.TaskId, task.TaskType, task.Command, task.Arguments, task.EnvVars, task.Status, task.RequiredCores, task.RequiredMemoryBytes,
        task.RequiredGpus, task.AssignedNode, task.OwnerId, task.OwnerUsername, task.SubmittedAt, task.StartedAt, task.CompletedAt,
        task.ExitCode, task.ApprovalStatus, task.ApprovedBy, task.RejectionReason);
}
