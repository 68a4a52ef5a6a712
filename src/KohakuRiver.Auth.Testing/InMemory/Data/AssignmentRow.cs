namespace KohakuRiver.Auth.Testing.InMemory.Data;

internal sealed record AssignmentRow(long Id, string VpsId, long? UserId, long? GroupId, DateTimeOffset AssignedAt)
    : IMemoryRow<(string VpsId, long? UserId, long? GroupId)>
{
    public (string VpsId, long? UserId, long? GroupId) Key => (VpsId, UserId, GroupId);
}
