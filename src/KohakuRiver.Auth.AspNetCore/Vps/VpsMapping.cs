namespace KohakuRiver.Auth.AspNetCore;

/// <summary>From assignments to their contracts.</summary>
internal static class VpsMapping
{
    internal static VpsAssignmentsResponse ToResponse(this VpsAssignments assignments) => new(
        assignments.VpsId,
        assignments.IsKnown,
        [.. assignments.Assignments.Where(a => a.User is not null).Select(ToUser)],
        [.. assignments.Assignments.Where(a => a.Group is not null).Select(ToGroup)]);

    private static VpsUserResponse ToUser(VpsAssignment assignment) => new(
        assignment.User!.Id, assignment.User.Username, assignment.UserDisplayName ?? assignment.User.Username, assignment.AssignedAt);

    private static VpsGroupResponse ToGroup(VpsAssignment assignment) =>
        new(assignment.Group!.Id, assignment.Group.Name, assignment.AssignedAt);
}
