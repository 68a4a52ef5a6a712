using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>Shared by the cases of <see cref="IApprovalStore"/>.</summary>
internal abstract class TaskCases : StoreCases
{
    internal Task<Page<Approval>> ListAsync(ApprovalQuery query) => Stores.Approvals.ListAsync(query, Ct);

    internal Task<IReadOnlyList<Approval>> LeaseAsync(int limit) =>
        Stores.Approvals.LeaseUndeliveredAsync(limit, Now, Now.AddHours(1), Ct);

    internal static void AssertSameTask(TaskSubmission expected, TaskSubmission actual)
    {
        Assert.Equal(
            (
                expected.TaskId,
                expected.TaskType,
                expected.Command,
                expected.RequiredCores,
                expected.RequiredMemoryBytes,
                expected.TargetNode),
            (actual.TaskId, actual.TaskType, actual.Command, actual.RequiredCores, actual.RequiredMemoryBytes, actual.TargetNode));
        Assert.Equal(expected.Arguments, actual.Arguments);
        Assert.Equal(expected.RequiredGpus, actual.RequiredGpus);
        Assert.Equal(
            expected.Details.OrderBy(d => d.Key, StringComparer.Ordinal),
            actual.Details.OrderBy(d => d.Key, StringComparer.Ordinal));
        Assert.Equal(expected.SecretDetails.Order(StringComparer.Ordinal), actual.SecretDetails.Order(StringComparer.Ordinal));
    }
}
