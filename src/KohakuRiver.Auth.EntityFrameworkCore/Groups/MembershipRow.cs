namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class MembershipRow
{
    public long UserId { get; set; }

    public long GroupId { get; set; }

    public GroupRow? Group { get; set; }
}
