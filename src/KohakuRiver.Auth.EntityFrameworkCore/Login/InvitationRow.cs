namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class InvitationRow
{
    public long Id { get; set; }

    public byte[] Hash { get; set; } = [];

    public string Prefix { get; set; } = "";

    public Role Role { get; set; }

    public long? GroupId { get; set; }

    public GroupRow? Group { get; set; }

    public int MaxUses { get; set; }

    public int Uses { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public long? CreatedById { get; set; }

    public string CreatedBy { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>The model; needs <see cref="Group"/> loaded.</summary>
    public Invitation ToModel() => new()
    {
        Id = Id,
        Prefix = Prefix,
        Role = Role,
        Group = Group is null ? null : new GroupRef(Group.Id, Group.Name),
        MaxUses = MaxUses,
        Uses = Uses,
        ExpiresAt = ExpiresAt,
        CreatedById = CreatedById,
        CreatedBy = CreatedBy,
        CreatedAt = CreatedAt,
    };
}
