namespace KohakuRiver.Auth.Testing;

internal sealed record AssignmentRow(long Id, string VpsId, long? UserId, long? GroupId, DateTimeOffset AssignedAt)
    : IMemoryRow<(string VpsId, long? UserId, long? GroupId)>
{
    public (string VpsId, long? UserId, long? GroupId) Key => (VpsId, UserId, GroupId);
}
