using System.Globalization;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Import;

/// <summary>
/// Decides, row by row, what an import creates. Reads no clock and no store: the same rows and the same state give the same plan, which is
/// why a dry run can predict the run.
/// </summary>
/// <remarks>
/// Two rules. What belongs to an account is imported with it or not at all: nothing is ever attached to an existing account,
/// which may be another person's. And the original host reuses the ids of deleted users while their rows stay,
/// so what is older than its account belonged to someone else.
/// </remarks>
internal sealed class ImportPlanner(
    ImportSource source, NamePlan names, ImportState state, DateTimeOffset now, IReadOnlySet<string>? knownVps = null)
{
    private const string AccountWasThere = "Its account existed before this import, which adds nothing to it.";
    private const string OlderThanAccount =
        "It is older than its account: it belonged to a deleted account whose id was reused.";

    private const string Twice = "The old database contains it twice.";
    private const string NoSuchVps = "This host does not have the VPS.";
    private const string Expired = "It has expired.";

    private readonly ImportLedger ledger = new();
    private readonly EarlierAccounts earlier = new(state);
    private readonly Dictionary<string, GroupRef> groupsThere = state.Groups.ToDictionary(g => g.Name, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<long, KeptAccount> users = [];
    private readonly Dictionary<long, (string Name, long? Id)> groups = [];
    private readonly HashSet<long> knownUsers = source.Users.Select(u => u.Id).ToHashSet();
    private readonly HashSet<long> knownGroups = source.Groups.Select(g => g.Id).ToHashSet();
    private readonly List<NewGroup> newGroups = [];

    /// <summary>The accounts that are kept, by their ids in the old database; complete after <see cref="Make"/>.</summary>
    internal IReadOnlyDictionary<long, KeptAccount> Accounts => users;

    /// <summary>The plan, and its counts.</summary>
    internal (ImportPlan Plan, ImportLedger Ledger) Make()
    {
        foreach (var clashing in source.Groups.GroupBy(g => g.Name ?? "", StringComparer.OrdinalIgnoreCase))
        {
            foreach (var group in clashing)
            {
                Take(group, clashing.Count() > 1);
            }
        }

        foreach (var user in source.Users)
        {
            Take(user);
        }

        FormerNameMarks.Add(users.Values, state, ledger);
        TakeMemberships();
        TakeTokens();
        TakeVpsAssignments();
        var invitations = TakeInvitations();
        var plan = new ImportPlan
        {
            At = now,
            Groups = newGroups,
            Accounts = [.. users.Values.Where(u => u.There is null).Select(u => u.ToAccount())],
            Invitations = invitations,
        };
        return (plan, ledger);
    }

    private void Take(ImportSource.Group group, bool clashes)
    {
        var there = groupsThere.GetValueOrDefault(group.Name ?? "");
        var fault = FieldRules.GroupName(group.Name) is { } invalid ? $"The name is not valid: {invalid}"
            : clashes ? "Another group of the old database has the same name except for case."
            : there is not null && there.Name != group.Name
                ? $"The name clashes with the existing group {there.Name}: they differ only in case."
            : there is null && state.Marks.Contains(ImportMark.OfGroup(group.Name!)) ? EarlierAccounts.GoneSince
            : null;
        if (fault is not null)
        {
            ledger.LeaveOut(ImportLedger.Groups, group.Id, group.Name, fault);
            return;
        }

        groups[group.Id] = (group.Name!, there?.Id);
        if (there is not null)
        {
            ledger.AlreadyThere(ImportLedger.Groups);
            return;
        }

        var (limits, dropped) = ImportLimits.Read(group.LimitsJson);
        if (dropped is not null)
        {
            ledger.Change(ImportLedger.Groups, group.Id, group.Name, dropped);
        }

        newGroups.Add(new NewGroup(group.Name!, "", group.Tier, limits, group.CreatedAt ?? now));
        ledger.Import(ImportLedger.Groups);
    }

    private void Take(ImportSource.User user)
    {
        var choice = names.Of(user);
        var there = earlier.Find(user, choice, ledger, out var unusable);
        var role = Role.Anony;
        var fault = unusable is not null ? unusable
            : !RoleNames.TryParse(user.Role, out role) ? "The role is not one that a user can have."
            : !OldPasswordHash.IsReadable(user.PasswordHash)
                ? "The password hash cannot be read: it is not a bcrypt hash, or its cost is above 16."
            : null;
        if (fault is not null)
        {
            ledger.LeaveOut(ImportLedger.Users, user.Id, user.Username, fault);
            return;
        }

        var name = there?.Username ?? choice.Name!;
        users[user.Id] = new KeptAccount(
            user, name, role, there, there is null || earlier.IsImported(user, there), DisplayNameOf(user, name, there is null), now);
        if (there is not null)
        {
            ledger.AlreadyThere(ImportLedger.Users);
            return;
        }

        if (name != user.Username)
        {
            ledger.Rename(user.Id, user.Username!, name);
        }

        if (user.IsActive is null)
        {
            ledger.Change(ImportLedger.Users, user.Id, user.Username, "Whether it is enabled cannot be read; it is imported as disabled.");
        }

        ledger.Import(ImportLedger.Users);
    }

    private string DisplayNameOf(ImportSource.User user, string name, bool isNew)
    {
        if (FieldRules.DisplayName(user.DisplayName) is not { } fault)
        {
            return user.DisplayName!;
        }

        if (isNew && !string.IsNullOrWhiteSpace(user.DisplayName))
        {
            ledger.Change(
                ImportLedger.Users, user.Id, user.Username, $"The display name is not valid and is replaced by the username: {fault}");
        }

        // Of those who have another name here, the old one says more.
        return FieldRules.DisplayName(user.Username) is null ? user.Username! : name;
    }

    private void TakeMemberships()
    {
        foreach (var row in source.Memberships)
        {
            var fault = JudgeOwner(row.UserId, row.CreatedAt, out var user) ?? JudgeGroup(row.GroupId, out _);
            if (fault is null && user!.There is { } there)
            {
                if (groups[row.GroupId!.Value].Id is { } known && state.Memberships.Contains((there.Id, known)))
                {
                    ledger.AlreadyThere(ImportLedger.Memberships);
                    continue;
                }

                fault = AccountWasThere;
            }

            var group = fault is null ? groups[row.GroupId!.Value].Name : null;
            fault ??= user!.Groups.Contains(group!, StringComparer.Ordinal) ? Twice : null;
            if (fault is not null)
            {
                ledger.LeaveOut(ImportLedger.Memberships, row.Id, user?.Source.Username, fault);
                continue;
            }

            if (!string.IsNullOrEmpty(row.RoleOverride))
            {
                ledger.Change(
                    ImportLedger.Memberships,
                    row.Id,
                    user!.Source.Username,
                    "Its role inside the group is dropped: roles apply everywhere here.");
            }

            user!.Groups.Add(group!);
            ledger.Import(ImportLedger.Memberships);
        }
    }

    private void TakeTokens()
    {
        var seen = new HashSet<SecretHash>();
        foreach (var row in source.Tokens)
        {
            var fault = JudgeOwner(row.UserId, row.CreatedAt, out var user);
            var isHash = ImportedToken.TryReadHash(row.Hash, out var hash);
            fault ??= !isHash ? "Its hash cannot be read: it is not a SHA3-512 in hexadecimal digits."
                : !seen.Add(hash) ? Twice
                : null;
            if (fault is null && state.Tokens.Contains(hash))
            {
                ledger.AlreadyThere(ImportLedger.Tokens);
                continue;
            }

            fault ??= row.ExpiresAt <= now ? Expired
                : user!.There is not null ? AccountWasThere
                : null;
            if (fault is not null)
            {
                ledger.LeaveOut(ImportLedger.Tokens, row.Id, row.Name, fault);
                continue;
            }

            user!.Tokens.Add(new ImportedApiToken
            {
                Hash = hash,
                Prefix = ImportedToken.Prefix,
                Name = NameOf(row),
                CreatedAt = row.CreatedAt ?? now,
                LastUsedAt = row.LastUsedAt,
                ExpiresAt = row.ExpiresAt,
            });
            ledger.Import(ImportLedger.Tokens);
        }
    }

    // Only a label, and a script may depend on the token: an invalid name is replaced.
    private string NameOf(ImportSource.Token row)
    {
        if (FieldRules.TokenName(row.Name) is not { } invalid)
        {
            return row.Name!;
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"imported token {row.Id}");
        ledger.Change(ImportLedger.Tokens, row.Id, row.Name, $"It is renamed to \"{name}\", because its name is not valid: {invalid}");
        return name;
    }

    private void TakeVpsAssignments()
    {
        foreach (var row in source.VpsAssignments)
        {
            var fault = JudgeOwner(row.UserId, row.CreatedAt, out var user)
                ?? (FieldRules.HostId(row.VpsId) is { } invalid ? $"The id of the VPS is not valid: {invalid}" : null);
            if (fault is null && user!.There is { } there)
            {
                if (state.VpsAssignments.Contains((there.Id, row.VpsId!)))
                {
                    ledger.AlreadyThere(ImportLedger.VpsAssignments);
                    continue;
                }

                fault = AccountWasThere;
            }

            fault ??= user!.Vps.Exists(v => v.VpsId == row.VpsId) ? Twice
                : knownVps?.Contains(row.VpsId!) == false ? NoSuchVps
                : null;
            if (fault is not null)
            {
                ledger.LeaveOut(ImportLedger.VpsAssignments, row.Id, row.VpsId, fault);
                continue;
            }

            user!.Vps.Add(new ImportedVps(row.VpsId!, row.CreatedAt ?? now));
            ledger.Import(ImportLedger.VpsAssignments);
        }
    }

    private List<ImportedInvitation> TakeInvitations()
    {
        var taken = new List<ImportedInvitation>();
        foreach (var row in source.Invitations)
        {
            KeptAccount? maker = null;
            string? group = null;
            var role = Role.Anony;
            var fault = (row.CreatedById is null ? null : JudgeOwner(row.CreatedById, row.CreatedAt, out maker))
                ?? (row.GroupId is null ? null : JudgeGroup(row.GroupId, out group));
            var isCode = SecretText.TryParseForeignInvitation(row.Code, out var code);
            fault ??= !isCode ? "Its code does not have the original host's form."
                : taken.Exists(i => i.Hash == code!.Hash()) ? Twice
                : null;
            if (fault is null && state.Invitations.Contains(code!.Hash()))
            {
                ledger.AlreadyThere(ImportLedger.Invitations);
                continue;
            }

            fault ??= !RoleNames.TryParse(row.Role, out role) || role == Role.Anony ? "The role is not one that an invitation can grant."
                : row.MaxUses is < 1 or > int.MaxValue || row.Uses < 0 ? "The number of its uses is not valid."
                : row.Uses >= row.MaxUses ? "It is used up."
                : row.ExpiresAt is null ? "Its expiry cannot be read."
                : row.ExpiresAt <= now ? Expired
                : state.Marks.Contains(ImportMark.OfInvitation(code!.Hash())) ? EarlierAccounts.GoneSince
                : maker?.There is not null ? AccountWasThere
                : null;
            if (fault is not null)
            {
                ledger.LeaveOut(ImportLedger.Invitations, row.Id, maker?.Source.Username, fault);
                continue;
            }

            taken.Add(new ImportedInvitation
            {
                Hash = code!.Hash(),
                Prefix = code.Prefix,
                Role = role,
                Group = group,
                MaxUses = (int)row.MaxUses,
                Uses = (int)row.Uses,
                ExpiresAt = row.ExpiresAt!.Value,
                Maker = maker?.Name,
                CreatedBy = maker?.Name ?? Actor.SystemName,
                CreatedAt = row.CreatedAt ?? now,
            });
            ledger.Import(ImportLedger.Invitations);
        }

        return taken;
    }

    /// <summary>Why a row cannot be imported with its group; null when it can.</summary>
    private string? JudgeGroup(long? groupId, out string? name)
    {
        name = groupId is { } id && groups.TryGetValue(id, out var group) ? group.Name : null;
        return name is not null ? null
            : groupId is { } known && knownGroups.Contains(known) ? "Its group is left out."
            : "Its group is not in the old database.";
    }

    /// <summary>Why a row cannot be imported with its account; null when it can. Returns the account where it is kept.</summary>
    private string? JudgeOwner(long? userId, DateTimeOffset? createdAt, out KeptAccount? owner)
    {
        owner = userId is { } id ? users.GetValueOrDefault(id) : null;
        return owner is not null
            ? createdAt < owner.Source.CreatedAt ? OlderThanAccount : null
            : userId is { } known && knownUsers.Contains(known) ? "Its account is left out."
            : "Its account is not in the old database.";
    }
}
