namespace KohakuRiver.Auth.AspNetCore;

/// <summary>From groups to their contracts.</summary>
internal static class GroupMapping
{
    internal static GroupResponse ToResponse(this Group group) => new(
        group.Id, group.Name, group.Description, group.Tier, group.Limits, group.MemberCount, group.CreatedAt);
}
