using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing;

/// <summary>Rows as the model shows them, with data from other tables filled in.</summary>
internal static class MemoryViews
{
    internal static UserDetails ToDetails(this MemoryData data, UserRow row, DateTimeOffset now) => new(
        row.User,
        [.. data.GroupsOf(row).Select(group => new GroupRef(group.Group.Id, group.Group.Name))],
        data.Sessions.Rows.Count(session => session.Session.UserId == row.Id && now < session.Session.ExpiresAt));

    internal static IEnumerable<GroupRow> GroupsOf(this MemoryData data, UserRow row) => row.GroupIds
        .Select(id => data.Groups.Find(id)!)
        .OrderBy(group => group.Group.Name, StringComparer.OrdinalIgnoreCase);

    internal static Group ToGroup(this MemoryData data, GroupRow row) =>
        row.Group with { MemberCount = data.Users.Rows.Count(user => user.GroupIds.Contains(row.Id)) };

    internal static GroupRef? ToGroupRef(this MemoryData data, long? id) =>
        id is { } known && data.Groups.Find(known) is { } row ? new GroupRef(row.Id, row.Group.Name) : null;

    internal static UserRef? ToUserRef(this MemoryData data, long? id) =>
        id is { } known && data.Users.Find(known) is { } row ? new UserRef(row.Id, row.User.Username) : null;

    internal static Invitation ToInvitation(this MemoryData data, InvitationRow row) =>
        row.Invitation with { Group = data.ToGroupRef(row.GroupId) };

    internal static VpsAssignment ToAssignment(this MemoryData data, AssignmentRow row) => new()
    {
        Id = row.Id,
        VpsId = row.VpsId,
        User = data.ToUserRef(row.UserId),
        UserDisplayName = row.UserId is { } user ? data.Users.Find(user)?.User.DisplayName : null,
        Group = data.ToGroupRef(row.GroupId),
        AssignedAt = row.AssignedAt,
    };

    internal static CredentialRecord ToCredential(
        this MemoryData data, long userId, Session? session = null, ApiToken? token = null, ExternalIdentity? identity = null)
    {
        var row = data.Users.Find(userId)!;
        return new CredentialRecord
        {
            Session = session,
            Token = token,
            Identity = identity,
            User = row.User,
            GroupIds = [.. row.GroupIds],
        };
    }

    /// <summary>Whether an admin is there who can log in whatever becomes of the sign-ins of others.</summary>
    internal static bool HasLastingAdmin(this MemoryData data) =>
        data.Users.Rows.Any(row => row.IsActiveAdmin && row.PasswordHash != PasswordRecord.NoPassword);

    internal static bool AreGroups(this MemoryData data, IEnumerable<long> ids) => ids.All(id => data.Groups.Find(id) is not null);
}
