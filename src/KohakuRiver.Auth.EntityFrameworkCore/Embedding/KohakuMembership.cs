namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>One user in one group, for queries of a host's own context; see <c>ApplyKohakuAuth</c>. Read only.</summary>
public sealed record KohakuMembership
{
    /// <summary>The <see cref="KohakuUser.Id"/> of the member.</summary>
    public required long UserId { get; init; }

    /// <summary>The <see cref="KohakuGroup.Id"/> of the group.</summary>
    public required long GroupId { get; init; }
}
