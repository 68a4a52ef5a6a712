namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The examples of the calls for approvals.</summary>
internal static class ApprovalExamples
{
    internal const string TaskId = "job-17";

    /// <summary>What the stream of events looks like.</summary>
    internal const string Events = "event: count\ndata: 2\n\nevent: ping\ndata: \n\n";

    private const string Reason = "Please ask for fewer cores.";

    private static readonly Dictionary<string, string?> Details = new(StringComparer.Ordinal) { ["container_name"] = "python-3.13" };

    internal static PendingTaskResponse Pending { get; } = new(
        TaskId, "command", "python3", ["train.py", "--epochs", "20"], 4, 8_589_934_592, [0], null, UserExamples.Mary.Id,
        UserExamples.Mary.Username, "pending_approval", ExampleTimes.Start, Details);

    internal static CountResponse Count { get; } = new(1);

    internal static TaskMessageResponse Approved { get; } = new(ApprovalEndpoints.Approved, TaskId);

    internal static TaskMessageResponse Withdrawn { get; } = new(ApprovalEndpoints.Withdrawn, TaskId);

    internal static RejectRequest Reject { get; } = new(Reason);

    internal static RejectResponse Rejected { get; } = new(ApprovalEndpoints.Rejected, TaskId, Reason);

    /// <summary>A row of the history.</summary>
    internal static ApprovalResponse Decided { get; } = new(
        TaskId, "command", "python3", ["train.py", "--epochs", "20"], 4, 8_589_934_592, [0], null, UserExamples.Mary.Id,
        UserExamples.Mary.Username, "rejected", ExampleTimes.Start, Details, UserExamples.Ada.Username,
        ExampleTimes.Start.AddMinutes(9), Reason, ExampleTimes.Start.AddMinutes(9));
}
