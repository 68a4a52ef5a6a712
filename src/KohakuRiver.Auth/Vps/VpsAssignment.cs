namespace KohakuRiver.Auth;

/// <summary>A VPS instance assigned to one user or one group. Exactly one of the two is set.</summary>
public sealed record VpsAssignment
{
    /// <summary>Positive, never reused.</summary>
    public required long Id { get; init; }

    /// <summary>The host's id of the instance: opaque, 1 to 64 characters.</summary>
    public required string VpsId { get; init; }

    /// <summary>The user it is assigned to, or null.</summary>
    public UserRef? User { get; init; }

    /// <summary>That user's display name, or null.</summary>
    public string? UserDisplayName { get; init; }

    /// <summary>The group it is assigned to, or null.</summary>
    public GroupRef? Group { get; init; }

    /// <summary>When it was assigned, UTC.</summary>
    public required DateTimeOffset AssignedAt { get; init; }
}
