namespace KohakuRiver.Auth;

/// <summary>A code that lets its bearer create an account with exactly this role and group.</summary>
public sealed record Invitation
{
    /// <summary>Positive, never reused.</summary>
    public required long Id { get; init; }

    /// <summary>The first characters of the code, enough to recognize it.</summary>
    public required string Prefix { get; init; }

    /// <summary>The role of every account created with it.</summary>
    public required Role Role { get; init; }

    /// <summary>The group that every account created with it joins; null for none.</summary>
    public GroupRef? Group { get; init; }

    /// <summary>How many accounts it may create in total.</summary>
    public required int MaxUses { get; init; }

    /// <summary>How many it has created.</summary>
    public required int Uses { get; init; }

    /// <summary>The invitation is invalid from this instant on, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Its creator; null when it was created with the master secret.</summary>
    public long? CreatedById { get; init; }

    /// <summary>The creator's name at the time.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was created, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The number of uses left.</summary>
    public int RemainingUses => Math.Max(0, MaxUses - Uses);

    /// <summary>True while it has uses left and has not expired. Its creator's rights are checked when it is used.</summary>
    public bool IsOpen(DateTimeOffset now) => Uses < MaxUses && now < ExpiresAt;
}
