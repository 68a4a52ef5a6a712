using System.Globalization;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <content>What belongs to accounts.</content>
internal sealed partial class ImportPlanner
{
    private const string Twice = "The old database holds it twice.";
    private const string Expired = "It has expired.";

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
                ledger.Change(ImportLedger.Memberships, row.Id, user!.Source.Username, "Its role inside the group is dropped: a role holds everywhere here.");
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
            fault ??= !isHash ? "Its hash cannot be read: it is no SHA3-512 in hexadecimal digits."
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

    // A label, and a script may hang on the token: a bad one is replaced.
    private string NameOf(ImportSourceToken row)
    {
        if (FieldRules.TokenName(row.Name) is not { } invalid)
        {
            return row.Name!;
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"imported token {row.Id}");
        ledger.Change(ImportLedger.Tokens, row.Id, row.Name, $"It is called \"{name}\", because its name is not valid: {invalid}");
        return name;
    }

    private void TakeVpsAssignments()
    {
        foreach (var row in source.VpsAssignments)
        {
            var fault = JudgeOwner(row.UserId, row.CreatedAt, out var user)
                ?? (FieldRules.HostId(row.VpsId) is { } invalid ? $"The number of the VPS is not valid: {invalid}" : null);
            if (fault is null && user!.There is { } there)
            {
                if (state.VpsAssignments.Contains((there.Id, row.VpsId!)))
                {
                    ledger.AlreadyThere(ImportLedger.VpsAssignments);
                    continue;
                }

                fault = AccountWasThere;
            }

            fault ??= user!.Vps.Exists(v => v.VpsId == row.VpsId) ? Twice : null;
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
            Kept? maker = null;
            string? group = null;
            var role = Role.Anony;
            var fault = (row.CreatedById is null ? null : JudgeOwner(row.CreatedById, row.CreatedAt, out maker))
                ?? (row.GroupId is null ? null : JudgeGroup(row.GroupId, out group));
            var isCode = SecretText.TryParseImportedInvitation(row.Code, out var code);
            fault ??= !isCode ? "Its code is not of the original host's form."
                : taken.Exists(i => i.Hash == code!.Hash()) ? Twice
                : null;
            if (fault is null && state.Invitations.Contains(code!.Hash()))
            {
                ledger.AlreadyThere(ImportLedger.Invitations);
                continue;
            }

            fault ??= !RoleNames.TryParse(row.Role, out role) || role == Role.Anony ? "The role is none that an invitation can give."
                : row.MaxUses is < 1 or > int.MaxValue || row.Uses < 0 ? "The number of its uses is not valid."
                : row.Uses >= row.MaxUses ? "It is used up."
                : row.ExpiresAt is null ? "When it expires cannot be read."
                : row.ExpiresAt <= now ? Expired
                : state.Marks.Contains(ImportMark.OfInvitation(code!.Hash())) ? GoneSince
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
                Maker = maker?.Source.Username,
                CreatedBy = maker?.Source.Username ?? Actor.SystemName,
                CreatedAt = row.CreatedAt ?? now,
            });
            ledger.Import(ImportLedger.Invitations);
        }

        return taken;
    }

    /// <summary>Why a row cannot go with its group; null when it can.</summary>
    private string? JudgeGroup(long? groupId, out string? name)
    {
        name = groupId is { } id && groups.TryGetValue(id, out var group) ? group.Name : null;
        return name is not null ? null
            : groupId is { } known && knownGroups.Contains(known) ? "Its group is left out."
            : "Its group is not in the old database.";
    }
}
