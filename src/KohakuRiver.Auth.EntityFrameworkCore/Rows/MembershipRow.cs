namespace KohakuRiver.Auth.EntityFrameworkCore.Rows;

internal sealed class MembershipRow
{
    public long UserId { get; set; }

    public long GroupId { get; set; }

    public GroupRow? Group { get; set; }
}
