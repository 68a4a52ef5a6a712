using System.Collections.Immutable;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing;

/// <summary>Accounts: creating, changing and deleting them, and logging in.</summary>
internal sealed class InMemoryAccountStore(InMemoryDatabase database) : InMemoryStore(database), IAccountStore
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
            if (user.PasswordCode is { } code)
            {
                data.Codes = data.Codes.With(new CodeRow(
                    data.Codes.NextId, MemoryEdits.Copy(code.Hash), CodePurpose.PasswordReset, row.Id, Instants.Cut(code.ExpiresAt)));
            }

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

    public Task<WriteResult<UserDetails>> TryUpdateUserAsync(
        long id, UserChange change, DateTimeOffset now, AuthorizedWrite by, CancellationToken cancellationToken) => Write(
        by,
        write =>
        {
            var data = write.Data;
            if (data.Users.Find(id) is not { } row)
            {
                return WriteResult<UserDetails>.Lost(WriteStatus.NotFound);
            }

            if (!data.AreGroups([.. change.GroupIds ?? [], .. change.AddGroupIds ?? [], .. change.RemoveGroupIds ?? []]))
            {
                return WriteResult<UserDetails>.Lost(WriteStatus.GroupMissing);
            }

            var wasAdmin = row.IsActiveAdmin;
            row = row with
            {
                User = row.User with
                {
                    DisplayName = change.DisplayName ?? row.User.DisplayName,
                    Language = change.Language switch { null => row.User.Language, "" => null, var language => language },
                    Role = change.Role ?? row.User.Role,
                    IsActive = change.IsActive ?? row.User.IsActive,
                    MustChangePassword = change.MustChangePassword ?? row.User.MustChangePassword,
                },
                GroupIds = (change.GroupIds?.ToImmutableSortedSet() ?? row.GroupIds).Except(change.RemoveGroupIds ?? [])
                    .Union(change.AddGroupIds ?? []),
            };
            data.Users = data.Users.With(row);
            if (wasAdmin && !row.IsActiveAdmin && !data.HasLastingAdmin())
            {
                return WriteResult<UserDetails>.Lost(WriteStatus.LastAdmin);
            }

            if (change.IsActive == false)
            {
                data.EndSessionsOf(id);
            }

            write.Commit(by);
            return WriteResult<UserDetails>.Done(data.ToDetails(row, now));
        },
        cancellationToken);

    public Task<WriteStatus> TryChangePasswordAsync(
        long id, string verifiedHash, string newHash, long keepSessionId, AuthorizedWrite by, CancellationToken cancellationToken) => Write(
        by,
        write =>
        {
            var data = write.Data;
            if (data.Users.Find(id) is not { } row || row.PasswordHash != verifiedHash)
            {
                return WriteStatus.Conflict;
            }

            data.Users = data.Users.With(row.WithPassword(newHash, mustChange: false));
            data.Sessions = data.Sessions.Without(session => session.Session.UserId == id && session.Id != keepSessionId);
            data.CloseResetCodesOf(id);
            write.Commit(by);
            return WriteStatus.Done;
        },
        cancellationToken);

    public Task<WriteStatus> TrySetPasswordAsync(
        long id, string newHash, bool mustChange, AuthorizedWrite by, CancellationToken cancellationToken) => Write(
        by,
        write =>
        {
            if (write.Data.Users.Find(id) is not { } row)
            {
                return WriteStatus.NotFound;
            }

            SetPassword(write.Data, row, newHash, mustChange);
            write.Commit(by);
            return WriteStatus.Done;
        },
        cancellationToken);

    public Task<WriteResult<User>> TryResetPasswordAsync(
        SecretHash code, string newHash, DateTimeOffset now, AuthorizedWrite by, CancellationToken cancellationToken) => Write(
        by,
        write =>
        {
            var data = write.Data;
            if (FindOpenCode(data, code, CodePurpose.PasswordReset, now) is not { UserId: { } id } || data.Users.Find(id) is not { } row)
            {
                return WriteResult<User>.Lost(WriteStatus.CodeClosed);
            }

            // Closing the user's reset codes also uses up this one.
            var changed = SetPassword(data, row, newHash, mustChange: false);
            write.Commit(by);
            return WriteResult<User>.Done(changed.User);
        },
        cancellationToken);

    public Task<WriteResult<User>> TryDeleteUserAsync(long id, AuthorizedWrite by, CancellationToken cancellationToken) => Write(
        by,
        write =>
        {
            var data = write.Data;
            if (data.Users.Find(id) is not { } row)
            {
                return WriteResult<User>.Lost(WriteStatus.NotFound);
            }

            data.Users = data.Users.Without(user => user.Id == id);
            if (row.IsActiveAdmin && !data.HasLastingAdmin())
            {
                return WriteResult<User>.Lost(WriteStatus.LastAdmin);
            }

            data.EndSessionsOf(id);
            data.RemoveTokens(token => token.Token.Owner.Id == id);
            data.RemoveIdentitiesOf(id);
            data.Assignments = data.Assignments.Without(assignment => assignment.UserId == id);
            data.Invitations = data.Invitations.Without(invitation => invitation.Invitation.CreatedById == id);
            data.Codes = data.Codes.Without(code => code.UserId == id);
            ForgetInApprovals(data, id);
            write.Commit(by);
            return WriteResult<User>.Done(row.User);
        },
        cancellationToken);

    private static UserRow SetPassword(MemoryData data, UserRow row, string newHash, bool mustChange)
    {
        var changed = row.WithPassword(newHash, mustChange);
        data.Users = data.Users.With(changed);
        data.EndSessionsOf(row.Id);
        data.RemoveTokens(token => token.Token.Owner.Id == row.Id);
        data.CloseResetCodesOf(row.Id);
        if (row.PasswordHash != PasswordRecord.NoPassword)
        {
            data.RemoveIdentitiesOf(row.Id);
        }

        return changed;
    }

    private static CodeRow? FindOpenCode(MemoryData data, SecretHash code, CodePurpose purpose, DateTimeOffset now) =>
        data.Codes.FindByKey(code) is { } row && row.Purpose == purpose && now < row.ExpiresAt ? row : null;

    private static void ForgetInApprovals(MemoryData data, long userId)
    {
        foreach (var row in data.Approvals.Rows.Where(row => row.Approval.SubmitterId == userId || row.Approval.DecidedById == userId))
        {
            data.Approvals = data.Approvals.With(row with
            {
                Approval = row.Approval with
                {
                    SubmitterId = row.Approval.SubmitterId == userId ? null : row.Approval.SubmitterId,
                    DecidedById = row.Approval.DecidedById == userId ? null : row.Approval.DecidedById,
                },
            });
        }
    }

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

    internal static WriteStatus? Hindrance(MemoryData data, NewUser user, IReadOnlyList<long> groupIds)
    {
        if (data.Users.FindByKey(user.Username) is not null)
        {
            return WriteStatus.NameTaken;
        }

        return data.AreGroups(groupIds) ? null : WriteStatus.GroupMissing;
    }

    // The master secret's invitations have no creator and stay.
    private static bool MayStillInvite(MemoryData data, long? makerId, Role minimum) =>
        makerId is not { } id || (data.Users.Find(id) is { User.IsActive: true } maker && maker.User.Role >= minimum);
}
