namespace KohakuRiver.Auth.Stores;

/// <summary>The changes to a user; null leaves a field unchanged.</summary>
public sealed record UserChange
{
    /// <summary>The new display name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The new language, a BCP 47 tag; empty for none.</summary>
    public string? Language { get; init; }

    /// <summary>The new role.</summary>
    public Role? Role { get; init; }

    /// <summary>Enable or disable. Disabling ends the user's sessions for good.</summary>
    public bool? IsActive { get; init; }

    /// <summary>Whether the password has to be changed before anything else; see <see cref="User.MustChangePassword"/>.</summary>
    public bool? MustChangePassword { get; init; }

    /// <summary>
    /// The complete new set of groups. A caller that has not seen all of the old ones sends what to add and to remove instead.
    /// </summary>
    public IReadOnlyList<long>? GroupIds { get; init; }

    /// <summary>
    /// Groups to add, which must exist; one the user already belongs to stays. Not together with <see cref="GroupIds"/>.
    /// </summary>
    public IReadOnlyList<long>? AddGroupIds { get; init; }

    /// <summary>
    /// Groups to remove, which must exist; one the user does not belong to is no error. Not together with <see cref="GroupIds"/>, and
    /// none that is in <see cref="AddGroupIds"/>.
    /// </summary>
    public IReadOnlyList<long>? RemoveGroupIds { get; init; }
}
