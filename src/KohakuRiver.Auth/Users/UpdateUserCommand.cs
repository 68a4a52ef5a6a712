using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <summary>The changes to a user; null leaves a field unchanged.</summary>
public sealed record UpdateUserCommand
{
    /// <summary>The user to change.</summary>
    public required long Id { get; init; }

    /// <summary>The new display name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The new role.</summary>
    public Role? Role { get; init; }

    /// <summary>Enable or disable. Disabling ends the user's sessions for good.</summary>
    public bool? IsActive { get; init; }

    /// <summary>
    /// Require that the password is changed before anything else, or lift that; see <see cref="User.MustChangePassword"/>. It cannot be
    /// required of an account without a password.
    /// </summary>
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

    internal UserChange ToChange() => new()
    {
        DisplayName = DisplayName,
        Role = Role,
        IsActive = IsActive,
        MustChangePassword = MustChangePassword,
        GroupIds = GroupIds,
        AddGroupIds = AddGroupIds,
        RemoveGroupIds = RemoveGroupIds,
    };
}
