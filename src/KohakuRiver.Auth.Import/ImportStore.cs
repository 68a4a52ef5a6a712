using KohakuRiver.Auth.EntityFrameworkCore;
using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.Import;

/// <summary>
/// The tables an import reads and writes. What was imported is marked permanently, so that a further run does not restore what has been
/// deleted since.
/// </summary>
internal sealed class ImportStore(AuthDatabase database)
{
    /// <summary>Which of these keys exist.</summary>
    public Task<ImportState> ReadAsync(ImportKeys keys, CancellationToken cancellationToken) =>
        database.ReadAsync(db => ReadAsync(db, keys, cancellationToken), cancellationToken);

    /// <summary>The same without changing anything: neither the schema nor, where there is no file yet, a file.</summary>
    /// <exception cref="InvalidOperationException">The schema does not match, and only a start of the host may change that.</exception>
    public async Task<ImportState> ReadUntouchedAsync(ImportKeys keys, CancellationToken cancellationToken)
    {
        if (database.IsStillToBeCreated)
        {
            return ImportState.Empty;
        }

        var missing = await database.ReadAsync(
            async db => SchemaVersion.Missing(db, await db.Database.GetAppliedMigrationsAsync(cancellationToken)), cancellationToken);
        return missing == 0
            ? await ReadAsync(keys, cancellationToken)
            : throw new InvalidOperationException(
                "The database schema is missing or older than this version of the library, and a dry run does not change it: "
                + "start the host once to migrate it.");
    }

    /// <summary>Whether any imported token is left: one whose hash does not have the library's own length.</summary>
    public Task<bool> AnyTokensAsync(CancellationToken cancellationToken) => database.ReadAsync(
        db => db.Tokens.AnyAsync(t => t.Hash.Length == SecretHash.ForeignSize, cancellationToken), cancellationToken);

    /// <summary>The account that had this name, letter by letter or else in any case; null when none had, or it is gone.</summary>
    /// <param name="name">As <see cref="FormerName"/> reads it.</param>
    public Task<PasswordRecord?> FindFormerAsync(string name, CancellationToken cancellationToken)
    {
        var folded = FormerName.Fold(name);
        return database.ReadAsync(
            async db => await db.Imports
                .Where(i => (i.Kind == ImportKind.FormerName && i.Key == name)
                    || (i.Kind == ImportKind.FormerNameInAnyCase && i.Key == folded))
                .Join(db.Users, i => i.UserId, u => (long?)u.Id, (i, u) => new { i.Kind, User = u })
                .OrderBy(found => found.Kind)
                .Select(found => found.User)
                .FirstOrDefaultAsync(cancellationToken) is { } row
                ? new PasswordRecord(row.ToModel(), row.PasswordHash)
                : null,
            cancellationToken);
    }

    /// <summary>
    /// Writes the whole plan, with a mark for each account, group and invitation. The guard: nothing that the plan creates exists
    /// or is marked, and every group and creator it names exists or is created by it. Lost: <see cref="WriteStatus.Conflict"/>; read
    /// and plan again then.
    /// </summary>
    public Task<WriteStatus> TryWriteAsync(ImportPlan plan, AuditEntry audit, CancellationToken cancellationToken) => database.WriteAsync(
        AuthorizedWrite.WithoutCredential(audit),

        // The first admin may be created at the same time; and of two imports one comes second and finds the other's work.
        [StoreHold.Admins],
        async w =>
        {
            var state = await ReadAsync(w.Db, plan.Keys(), w.Ct);
            if (plan.IsHinderedBy(state))
            {
                return WriteStatus.Conflict;
            }

            var groups = state.Groups.ToDictionary(g => g.Name, g => g.Id, StringComparer.OrdinalIgnoreCase);
            await AddGroupsAsync(w, plan, groups);
            var users = state.Users.ToDictionary(u => u.Username, u => u.Id, StringComparer.OrdinalIgnoreCase);
            await AddAccountsAsync(w, plan, groups, users);
            w.Db.Invitations.AddRange(plan.Invitations.Select(i => ToRow(i, groups, users)));
            var at = Instants.Cut(plan.At);
            w.Db.Imports.AddRange(plan.MarksWithAccounts().Select(m => new ImportRow
            {
                Kind = m.Mark.Kind,
                Key = m.Mark.Key,
                ImportedAt = at,
                UserId = m.Username is null ? null : users[m.Username],
            }));
            await w.SaveAsync();
            return WriteStatus.Done;
        },
        cancellationToken);

    private static async Task AddGroupsAsync(WriteTransaction w, ImportPlan plan, Dictionary<string, long> ids)
    {
        var rows = plan.Groups.Select(g => new GroupRow
        {
            Name = g.Name,
            NameKey = TextKey.Of(g.Name),
            Description = g.Description,
            Tier = g.Tier,
            Limits = JsonColumns.WriteMap(g.Limits),
            CreatedAt = Instants.Cut(g.CreatedAt),
        }).ToList();
        w.Db.Groups.AddRange(rows);
        await w.SaveAsync();
        rows.ForEach(row => ids[row.Name] = row.Id);
    }

    private static async Task AddAccountsAsync(
        WriteTransaction w, ImportPlan plan, Dictionary<string, long> groups, Dictionary<string, long> ids)
    {
        var rows = plan.Accounts.Select(a => new UserRow
        {
            Username = a.Username,
            UsernameKey = TextKey.Of(a.Username),
            DisplayName = a.DisplayName,
            DisplayNameKey = TextKey.Of(a.DisplayName),
            SearchText = SearchText.Of(a.Username, a.DisplayName),
            Role = a.Role,
            IsActive = a.IsActive,
            PasswordHash = a.PasswordHash,
            CreatedAt = Instants.Cut(a.CreatedAt),
        }).ToList();
        w.Db.Users.AddRange(rows);
        await w.SaveAsync();
        rows.ForEach(row => ids[row.Username] = row.Id);
        foreach (var account in plan.Accounts)
        {
            var id = ids[account.Username];
            w.Db.Memberships.AddRange(
                account.Groups.Select(g => groups[g]).Distinct().Select(g => new MembershipRow { UserId = id, GroupId = g }));
            w.Db.VpsAssignments.AddRange(account.Vps.Select(
                v => new VpsAssignmentRow { VpsId = v.VpsId, UserId = id, AssignedAt = Instants.Cut(v.AssignedAt) }));
            w.Db.Tokens.AddRange(account.Tokens.Select(t => new TokenRow
            {
                UserId = id,
                Hash = t.Hash.Bytes,
                Prefix = t.Prefix,
                Name = t.Name,
                CreatedAt = Instants.Cut(t.CreatedAt),
                LastUsedAt = Cut(t.LastUsedAt),
                ExpiresAt = Cut(t.ExpiresAt),
            }));
        }
    }

    private static InvitationRow ToRow(
        ImportedInvitation invitation, Dictionary<string, long> groups, Dictionary<string, long> users) => new()
    {
        Hash = invitation.Hash.Bytes,
        Prefix = invitation.Prefix,
        Role = invitation.Role,
        GroupId = invitation.Group is { } group ? groups[group] : null,
        MaxUses = invitation.MaxUses,
        Uses = invitation.Uses,
        ExpiresAt = Instants.Cut(invitation.ExpiresAt),
        CreatedById = invitation.Maker is { } maker ? users[maker] : null,
        CreatedBy = invitation.CreatedBy,
        CreatedAt = Instants.Cut(invitation.CreatedAt),
    };

    private static DateTimeOffset? Cut(DateTimeOffset? value) => value is { } known ? Instants.Cut(known) : null;

    private static async Task<ImportState> ReadAsync(AuthDbContext db, ImportKeys keys, CancellationToken cancellationToken)
    {
        var usernames = keys.Usernames.Select(TextKey.Of).Distinct(StringComparer.Ordinal).ToArray();
        var groupNames = keys.GroupNames.Select(TextKey.Of).Distinct(StringComparer.Ordinal).ToArray();
        var tokens = keys.Tokens.Select(h => h.Bytes).ToArray();
        var invitations = keys.Invitations.Select(h => h.Bytes).ToArray();
        var wanted = keys.Marks.ToHashSet();
        var marks = wanted.Select(m => m.Key).ToArray();

        // Before everything that is marked: a mark without its row means that the row was deleted, not that both were added during this
        // read.
        var marked = await db.Imports.Where(i => marks.Contains(i.Key)).Select(i => new { i.Kind, i.Key, i.UserId })
            .ToListAsync(cancellationToken);
        var imported = marked.Select(m => m.UserId).OfType<long>().Distinct().ToArray();
        var users = await db.Users.Where(u => usernames.Contains(u.UsernameKey) || imported.Contains(u.Id))
            .Select(u => new UserRef(u.Id, u.Username))
            .ToListAsync(cancellationToken);
        var groups = await db.Groups.Where(g => groupNames.Contains(g.NameKey)).Select(g => new GroupRef(g.Id, g.Name))
            .ToListAsync(cancellationToken);
        var ids = users.Select(u => u.Id).ToArray();
        var byId = users.ToDictionary(u => u.Id);
        var memberships = await db.Memberships.Where(m => ids.Contains(m.UserId)).Select(m => new { m.UserId, m.GroupId })
            .ToListAsync(cancellationToken);
        var assigned = await db.VpsAssignments.Where(a => a.UserId != null && ids.Contains(a.UserId.Value))
            .Select(a => new { UserId = a.UserId!.Value, a.VpsId }).ToListAsync(cancellationToken);
        return new ImportState
        {
            Users = users,
            Groups = groups,
            Tokens = await ToHashesAsync(db.Tokens.Where(t => tokens.Contains(t.Hash)).Select(t => t.Hash), cancellationToken),
            Invitations = await ToHashesAsync(
                db.Invitations.Where(i => invitations.Contains(i.Hash)).Select(i => i.Hash), cancellationToken),
            Memberships = memberships.Select(m => (m.UserId, m.GroupId)).ToHashSet(),
            VpsAssignments = assigned.Select(a => (a.UserId, a.VpsId)).ToHashSet(),
            Marks = marked.Select(m => new ImportMark(m.Kind, m.Key)).Where(wanted.Contains).ToHashSet(),
            Accounts = marked.Where(m => m.UserId is { } id && byId.ContainsKey(id)).Select(m => (
                    Mark: new ImportMark(m.Kind, m.Key), User: byId[m.UserId!.Value]))
                .Where(m => wanted.Contains(m.Mark)).ToDictionary(m => m.Mark, m => m.User),
        };
    }

    private static async Task<HashSet<SecretHash>> ToHashesAsync(IQueryable<byte[]> hashes, CancellationToken cancellationToken) =>
        [.. (await hashes.ToListAsync(cancellationToken)).Select(SecretHash.FromBytes)];
}
