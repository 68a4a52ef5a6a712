using System.Collections.Immutable;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing;

internal sealed class InMemoryImportStore(InMemoryDatabase database) : InMemoryStore(database), IImportStore
{
    public Task<ImportState> ReadAsync(ImportKeys keys, CancellationToken ct) => Read(data => ReadState(data, keys), ct);

    public Task<bool> AnyTokensAsync(CancellationToken ct) => Read(data => data.Tokens.Rows.Any(row => row.Hash.IsImported), ct);

    public Task<WriteStatus> TryImportAsync(ImportPlan plan, AuthorizedWrite by, CancellationToken ct) => Write(
        by,
        write =>
        {
            var data = write.Data;
            if (plan.IsHinderedBy(ReadState(data, plan.Keys())))
            {
                return WriteStatus.Conflict;
            }

            foreach (var group in plan.Groups)
            {
                AddGroup(data, group);
            }

            foreach (var account in plan.Accounts)
            {
                AddAccount(data, account);
            }

            foreach (var invitation in plan.Invitations)
            {
                AddInvitation(data, invitation);
            }

            data.Imports = data.Imports.Union(plan.Marks());
            write.Commit(by);
            return WriteStatus.Done;
        },
        ct);

    private static void AddGroup(MemoryData data, NewGroup group) => data.Groups = data.Groups.With(new GroupRow(new Group
    {
        Id = data.Groups.NextId,
        Name = group.Name,
        Description = group.Description,
        Tier = group.Tier,
        Limits = group.Limits.ToImmutableSortedDictionary(StringComparer.Ordinal),
        CreatedAt = Instants.Cut(group.CreatedAt),
    }));

    private static void AddAccount(MemoryData data, ImportedAccount account)
    {
        var user = new User
        {
            Id = data.Users.NextId,
            Username = account.Username,
            DisplayName = account.DisplayName,
            Role = account.Role,
            IsActive = account.IsActive,
            CreatedAt = Instants.Cut(account.CreatedAt),
        };
        var groups = account.Groups.Select(name => data.Groups.FindByKey(name)!.Id).ToImmutableSortedSet();
        data.Users = data.Users.With(new UserRow(user, account.PasswordHash, groups));
        foreach (var token in account.Tokens)
        {
            var made = new ApiToken
            {
                Id = data.Tokens.NextId,
                Owner = new UserRef(user.Id, user.Username),
                Name = token.Name,
                Prefix = token.Prefix,
                CreatedAt = Instants.Cut(token.CreatedAt),
                LastUsedAt = MemoryEdits.Cut(token.LastUsedAt),
                ExpiresAt = MemoryEdits.Cut(token.ExpiresAt),
            };
            data.Tokens = data.Tokens.With(new TokenRow(made, MemoryEdits.Copy(token.Hash)));
        }

        foreach (var vps in account.Vps)
        {
            data.Assignments = data.Assignments.With(
                new AssignmentRow(data.Assignments.NextId, vps.VpsId, user.Id, null, Instants.Cut(vps.AssignedAt)));
        }
    }

    private static void AddInvitation(MemoryData data, ImportedInvitation invitation) => data.Invitations = data.Invitations.With(new InvitationRow(
        new Invitation
        {
            Id = data.Invitations.NextId,
            Prefix = invitation.Prefix,
            Role = invitation.Role,
            MaxUses = invitation.MaxUses,
            Uses = invitation.Uses,
            ExpiresAt = Instants.Cut(invitation.ExpiresAt),
            CreatedById = invitation.Maker is { } maker ? data.Users.FindByKey(maker)!.Id : null,
            CreatedBy = invitation.CreatedBy,
            CreatedAt = Instants.Cut(invitation.CreatedAt),
        },
        MemoryEdits.Copy(invitation.Hash),
        invitation.Group is { } group ? data.Groups.FindByKey(group)!.Id : null));

    private static ImportState ReadState(MemoryData data, ImportKeys keys)
    {
        var users = keys.Usernames.Select(data.Users.FindByKey).OfType<UserRow>().Distinct().ToList();
        var ids = users.Select(row => row.Id).ToHashSet();
        return new ImportState
        {
            Users = [.. users.Select(row => new UserRef(row.Id, row.User.Username))],
            Groups = [.. keys.GroupNames.Select(data.Groups.FindByKey).OfType<GroupRow>().Distinct().Select(row => new GroupRef(row.Id, row.Group.Name))],
            Tokens = keys.Tokens.Where(hash => data.Tokens.FindByKey(hash) is not null).ToHashSet(),
            Invitations = keys.Invitations.Where(hash => data.Invitations.FindByKey(hash) is not null).ToHashSet(),
            Memberships = users.SelectMany(row => row.GroupIds.Select(group => (row.Id, group))).ToHashSet(),
            VpsAssignments = data.Assignments.Rows.Where(row => row.UserId is { } id && ids.Contains(id)).Select(row => (row.UserId!.Value, row.VpsId)).ToHashSet(),
            Marks = keys.Marks.Where(data.Imports.Contains).ToHashSet(),
        };
    }
}
