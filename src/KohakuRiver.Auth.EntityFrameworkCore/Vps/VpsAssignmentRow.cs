namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class VpsAssignmentRow
{
    public long Id { get; set; }

    public string VpsId { get; set; } = "";

    public long? UserId { get; set; }

    public UserRow? User { get; set; }

    public long? GroupId { get; set; }

    public GroupRow? Group { get; set; }

    public DateTimeOffset AssignedAt { get; set; }
}
