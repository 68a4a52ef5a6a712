using KohakuRiver.Auth.Model;

namespace KohakuRiver.Auth.Stores;

/// <summary>What is to change of a user; null leaves a field as it is.</summary>
public sealed record UserChange
{
    /// <summary>The new display name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The new role.</summary>
    public Role? Role { get; init; }

    /// <summary>Enable or disable. Disabling ends the user's sessions for good.</summary>
    public bool? IsActive { get; init; }

    /// <summary>The complete new set of groups.</summary>
    public IReadOnlyList<long>? GroupIds { get; init; }
}
