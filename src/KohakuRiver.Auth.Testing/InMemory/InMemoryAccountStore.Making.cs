using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing;

/// <summary>Making accounts, and logging in.</summary>
internal sealed partial class InMemoryAccountStore
{
    public Task<WriteResult<UserDetails>> TryCreateUserAsync(NewUser user, AuthorizedWrite by, CancellationToken cancellationToken) =>
        Write(
        by,
        write =>
        {
            var data = write.Data;
            if (Hindrance(data, user, user.GroupIds) is { } lost)
            {
                return WriteResult<UserDetails>.Lost(lost);
            }

            var row = data.AddUser(user, user.Role, user.GroupIds, lastLogin: null);
            write.Commit(by, row.Id);
            return WriteResult<UserDetails>.Done(data.ToDetails(row, user.CreatedAt));
        },
        cancellationToken);

    public Task<WriteResult<AccountLogin>> TryRegisterAsync(
        NewUser user, NewSession session, AuthorizedWrite by, CancellationToken cancellationToken) =>
        Write(by, write => Register(write, user, user.Role, user.GroupIds, session, by), cancellationToken);

    public Task<WriteResult<AccountLogin>> TryRegisterWithInvitationAsync(
        NewUser user, SecretHash code, Role minimumMakerRole, NewSession session, AuthorizedWrite by,
        CancellationToken cancellationToken) => Write(
        by,
        write =>
        {
            var data = write.Data;
            if (data.Invitations.FindByKey(code) is not { } row
                || !row.Invitation.IsOpen(user.CreatedAt)
                || !MayStillInvite(data, row.Invitation.CreatedById, minimumMakerRole))
            {
                return WriteResult<AccountLogin>.Lost(WriteStatus.CodeClosed);
            }

            data.Invitations = data.Invitations.With(row with { Invitation = row.Invitation with { Uses = row.Invitation.Uses + 1 } });
            return Register(write, user, row.Invitation.Role, row.GroupId is { } group ? [group] : [], session, by);
        },
        cancellationToken);

    public Task<WriteResult<AccountLogin>> TryRegisterFirstAdminAsync(
        NewUser user, SecretHash? setupCode, NewSession session, AuthorizedWrite by, CancellationToken cancellationToken) => Write(
        by,
        write =>
        {
            var data = write.Data;
            if (data.Users.Rows.Any(row => row.User.Role == Role.Admin))
            {
                return WriteResult<AccountLogin>.Lost(WriteStatus.AdminExists);
            }

            if (setupCode is { } code)
            {
                if (FindOpenCode(data, code, CodePurpose.Setup, user.CreatedAt) is not { } row)
                {
                    return WriteResult<AccountLogin>.Lost(WriteStatus.CodeClosed);
                }

                data.Codes = data.Codes.Without(other => other.Id == row.Id);
            }

            return Register(write, user, Role.Admin, user.GroupIds, session, by);
        },
        cancellationToken);

    public Task<WriteResult<AccountLogin>> TryLogInAsync(
        long userId, string verifiedHash, NewSession session, AuthorizedWrite by, CancellationToken cancellationToken) => Write(
        by,
        write =>
        {
            var data = write.Data;
            if (data.Users.Find(userId) is not { User.IsActive: true } row || row.PasswordHash != verifiedHash)
            {
                return WriteResult<AccountLogin>.Lost(WriteStatus.Conflict);
            }

            row = row.Unlocked();
            row = row with { User = row.User with { LastLoginAt = Instants.Cut(session.CreatedAt) } };
            data.Users = data.Users.With(row);
            var made = data.AddSession(userId, session);
            write.Commit(by);
            return WriteResult<AccountLogin>.Done(new AccountLogin(data.ToDetails(row, session.CreatedAt), made));
        },
        cancellationToken);

    private static WriteResult<AccountLogin> Register(
        MemoryWrite write, NewUser user, Role role, IReadOnlyList<long> groupIds, NewSession session, AuthorizedWrite by)
    {
        var data = write.Data;
        if (Hindrance(data, user, groupIds) is { } lost)
        {
            return WriteResult<AccountLogin>.Lost(lost);
        }

        var row = data.AddUser(user, role, groupIds, session.CreatedAt);
        var made = data.AddSession(row.Id, session);
        write.Commit(by, row.Id);
        return WriteResult<AccountLogin>.Done(new AccountLogin(data.ToDetails(row, session.CreatedAt), made));
    }

    private static WriteStatus? Hindrance(MemoryData data, NewUser user, IReadOnlyList<long> groupIds)
    {
        if (data.Users.FindByKey(user.Username) is not null)
        {
            return WriteStatus.NameTaken;
        }

        return data.AreGroups(groupIds) ? null : WriteStatus.GroupMissing;
    }

    // The master secret's invitations have no maker and live on.
    private static bool MayStillInvite(MemoryData data, long? makerId, Role minimum) =>
        makerId is not { } id || (data.Users.Find(id) is { User.IsActive: true } maker && maker.User.Role >= minimum);
}
