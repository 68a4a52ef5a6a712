namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The examples of the calls for VPS assignments.</summary>
internal static class VpsExamples
{
    internal const string VpsId = "vps-1";

    internal static AssignVpsRequest Assign { get; } = new([UserExamples.Mary.Id], [GroupExamples.LabRef.Id]);

    internal static AssignVpsResponse Assigned { get; } =
        new(VpsEndpoints.Assigned, VpsId, [UserExamples.Mary.Id], [GroupExamples.LabRef.Id]);

    internal static VpsAssignmentsResponse Assignments { get; } = new(
        VpsId,
        Known: true,
        [new VpsUserResponse(UserExamples.Mary.Id, UserExamples.Mary.Username, UserExamples.Mary.DisplayName, ExampleTimes.Start)],
        [new VpsGroupResponse(GroupExamples.LabRef.Id, GroupExamples.LabRef.Name, ExampleTimes.Start)]);

    internal static VpsAssignmentsResponse Unknown { get; } = Assignments with { TaskId = "vps-0", Known = false, Groups = [] };
}
