#pragma warning disable MA0048 // The small records of one area stand together, as the contracts of the host do.
namespace KohakuRiver.Cli;

// What is sent to the host: field names are these in snake_case, and what is null is left out.

internal sealed record UserWanted(
    string? Username, string? Password, string Role, string? DisplayName, IReadOnlyList<long>? GroupIds, bool? MustChange)
{
    /// <summary>Does not print the password.</summary>
    public override string ToString() => Username ?? "";
}

internal sealed record UserChange(
    string? DisplayName, IReadOnlyList<long>? GroupIds, IReadOnlyList<long>? AddGroupIds, IReadOnlyList<long>? RemoveGroupIds,
    bool? MustChangePassword);

internal sealed record AccountChange(string? DisplayName);

internal sealed record RoleChange(string? Role);

internal sealed record ActiveChange(bool IsActive);

internal sealed record PasswordSet(string NewPassword, bool? MustChange)
{
    /// <summary>Does not print the password.</summary>
    public override string ToString() => "";
}

internal sealed record PasswordReset(string Code, string NewPassword)
{
    /// <summary>Prints neither code nor password.</summary>
    public override string ToString() => "";
}

internal sealed record GroupWanted(string? Name, string? Description, int? Tier, IReadOnlyDictionary<string, long>? Limits);

internal sealed record GroupChange(
    string? Name, string? Description, int? Tier, IReadOnlyDictionary<string, long>? Limits, IReadOnlyDictionary<string, long>? SetLimits,
    IReadOnlyList<string>? RemoveLimits);

internal sealed record InvitationWanted(string Role, long? GroupId, int? MaxUsage, int? ExpiresHours);

internal sealed record Rejection(string Reason);

internal sealed record VpsWanted(string? Name, string? Node);

internal sealed record VpsAssignment(IReadOnlyList<long>? UserIds, IReadOnlyList<long>? GroupIds);

internal sealed record Execution(string Command, IReadOnlyList<string> Arguments);
