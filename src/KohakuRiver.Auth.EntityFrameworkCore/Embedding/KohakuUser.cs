namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>A user, for queries of a host's own context; see <c>ApplyKohakuAuth</c>. Read only.</summary>
public sealed record KohakuUser
{
    /// <summary>The id, never reused.</summary>
    public required long Id { get; init; }

    /// <summary>The login name as typed; unique regardless of case.</summary>
    public required string Username { get; init; }

    /// <summary>The display name.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The role; a number in the table.</summary>
    public required Role Role { get; init; }

    /// <summary>False for accounts that are disabled.</summary>
    public required bool IsActive { get; init; }

    /// <summary>When the account was created, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
