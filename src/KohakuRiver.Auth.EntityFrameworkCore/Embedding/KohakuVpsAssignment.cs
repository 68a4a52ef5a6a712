namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>
/// A VPS assigned to a user or to a group, for queries of a host's own context; see <c>ApplyKohakuAuth</c>. Read only.
/// </summary>
public sealed record KohakuVpsAssignment
{
    /// <summary>The id.</summary>
    public required long Id { get; init; }

    /// <summary>The host's own id of the VPS.</summary>
    public required string VpsId { get; init; }

    /// <summary>The <see cref="KohakuUser.Id"/>; null where it is assigned to a group.</summary>
    public required long? UserId { get; init; }

    /// <summary>The <see cref="KohakuGroup.Id"/>; null where it is assigned to a user.</summary>
    public required long? GroupId { get; init; }

    /// <summary>When it was assigned, UTC.</summary>
    public required DateTimeOffset AssignedAt { get; init; }
}
