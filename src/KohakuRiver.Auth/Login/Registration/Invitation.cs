namespace KohakuRiver.Auth;

/// <summary>A code that lets its bearer make an account with exactly this role and group.</summary>
public sealed record Invitation
{
    /// <summary>Positive, never reused.</summary>
    public required long Id { get; init; }

    /// <summary>The first characters of the code, enough to recognise it.</summary>
    public required string Prefix { get; init; }

    /// <summary>The role every account made with it gets.</summary>
    public required Role Role { get; init; }

    /// <summary>The group every account made with it joins; null for none.</summary>
    public GroupRef? Group { get; init; }

    /// <summary>How many accounts it may make in all.</summary>
    public required int MaxUses { get; init; }

    /// <summary>How many it has made.</summary>
    public required int Uses { get; init; }

    /// <summary>The invitation is dead at and after this instant, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Its maker; null when it was made with the master secret.</summary>
    public long? CreatedById { get; init; }

    /// <summary>The maker's name at the time.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Uses that are left.</summary>
    public int RemainingUses => Math.Max(0, MaxUses - Uses);

    /// <summary>True while it has uses left and has not expired. Its maker's rights are judged when it is used.</summary>
    public bool IsOpen(DateTimeOffset now) => Uses < MaxUses && now < ExpiresAt;
}
