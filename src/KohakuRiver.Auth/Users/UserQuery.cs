namespace KohakuRiver.Auth;

/// <summary>Selects users, and their order.</summary>
public sealed record UserQuery
{
    /// <summary>
    /// A part of the username or display name, anywhere in it, regardless of case and accents, otherwise taken literally
    /// (<see cref="Stores.SearchText"/>). Null, and what is blank alone, for all.
    /// </summary>
    public string? Search { get; init; }

    /// <summary>Only those of these ids; null for all, and none at all where it is empty.</summary>
    public IReadOnlyCollection<long>? Ids { get; init; }

    /// <summary>Only this role.</summary>
    public Role? Role { get; init; }

    /// <summary>Only members of this group.</summary>
    public long? GroupId { get; init; }

    /// <summary>Only enabled or only disabled accounts.</summary>
    public bool? IsActive { get; init; }

    /// <summary>The order. The default is newest first.</summary>
    public UserSort Sort { get; init; } = UserSort.CreatedAt;

    /// <summary>Descending instead of ascending.</summary>
    public bool Descending { get; init; } = true;

    /// <summary>The page.</summary>
    public required PageRequest Page { get; init; }

    /// <summary>The order's name in cursors, for instance <c>-created_at</c>.</summary>
    public string OrderName => (Descending ? "-" : "") + Sort switch
    {
        UserSort.Username => "username",
        UserSort.Role => "role",
        UserSort.LastLogin => "last_login",
        _ => "created_at",
    };
}
