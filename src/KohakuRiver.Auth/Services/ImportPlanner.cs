using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <summary>
/// Decides, row by row, what an import makes. Reads no clock and no store: the same rows and the same state give the same plan, which is
/// why a dry run can say what the run will do.
/// </summary>
/// <remarks>
/// Two laws. What belongs to an account comes along with it or not at all: nothing is ever attached to an account that was there,
/// which may be another person's. And the original host gives the numbers of deleted users out again while the rows of the deleted stay, so what is
/// older than its account belonged to somebody else.
/// </remarks>
internal sealed partial class ImportPlanner(ImportSource source, ImportState state, DateTimeOffset now)
{
    private const string GoneSince = "It was imported before and has been deleted since.";
    private const string AccountWasThere = "Its account was there before this import, which adds nothing to it.";
    private const string OlderThanAccount =
        "It is older than its account: it belonged to a deleted account whose number was given out again.";

    private readonly ImportLedger ledger = new();
    private readonly Dictionary<string, UserRef> usersThere = state.Users.ToDictionary(u => u.Username, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, GroupRef> groupsThere = state.Groups.ToDictionary(g => g.Name, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<long, Kept> users = [];
    private readonly Dictionary<long, (string Name, long? Id)> groups = [];
    private readonly HashSet<long> knownUsers = source.Users.Select(u => u.Id).ToHashSet();
    private readonly HashSet<long> knownGroups = source.Groups.Select(g => g.Id).ToHashSet();
    private readonly List<NewGroup> newGroups = [];

    /// <summary>The plan, and the books about it.</summary>
    internal (ImportPlan Plan, ImportLedger Ledger) Make()
    {
        foreach (var clashing in source.Groups.GroupBy(g => g.Name ?? "", StringComparer.OrdinalIgnoreCase))
        {
            foreach (var group in clashing)
            {
                Take(group, clashing.Count() > 1);
            }
        }

        foreach (var clashing in source.Users.GroupBy(u => u.Username ?? "", StringComparer.OrdinalIgnoreCase))
        {
            foreach (var user in clashing)
            {
                Take(user, clashing.Count() > 1);
            }
        }

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

    private void Take(ImportSourceGroup group, bool clashes)
    {
        var there = groupsThere.GetValueOrDefault(group.Name ?? "");
        var fault = FieldRules.GroupName(group.Name) is { } invalid ? $"The name is not valid: {invalid}"
            : clashes ? "Another group of the old database has the same name but for the case of its letters."
            : there is not null && there.Name != group.Name ? $"The name clashes with the existing group {there.Name}: they differ in case only."
            : there is null && state.Marks.Contains(ImportMark.OfGroup(group.Name!)) ? GoneSince
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

    private void Take(ImportSourceUser user, bool clashes)
    {
        var there = usersThere.GetValueOrDefault(user.Username ?? "");
        var role = Role.Anony;
        var fault = FieldRules.Username(user.Username) is { } invalid ? $"The name is not valid: {invalid}"
            : clashes ? "Another user of the old database has the same name but for the case of its letters."
            : there is not null && there.Username != user.Username ? $"The name clashes with the existing user {there.Username}: they differ in case only."
            : there is null && state.Marks.Contains(ImportMark.OfUser(user.Username!)) ? GoneSince
            : !RoleNames.TryParse(user.Role, out role) || role == Role.Anony ? "The role is none that a user can have."
            : !StoredHash.TryParse(user.PasswordHash, out _) ? "The password hash cannot be read: it is no bcrypt hash, or its cost is above 16."
            : null;
        if (fault is not null)
        {
            ledger.LeaveOut(ImportLedger.Users, user.Id, user.Username, fault);
            return;
        }

        users[user.Id] = new Kept(user, role, there, DisplayNameOf(user, there is null), now);
        if (there is not null)
        {
            ledger.AlreadyThere(ImportLedger.Users);
            return;
        }

        if (user.IsActive is null)
        {
            ledger.Change(ImportLedger.Users, user.Id, user.Username, "Whether it is enabled cannot be read: it is imported as disabled.");
        }

        ledger.Import(ImportLedger.Users);
    }

    private string DisplayNameOf(ImportSourceUser user, bool isNew)
    {
        if (FieldRules.DisplayName(user.DisplayName) is not { } fault)
        {
            return user.DisplayName!;
        }

        if (isNew && !string.IsNullOrWhiteSpace(user.DisplayName))
        {
            ledger.Change(ImportLedger.Users, user.Id, user.Username, $"The display name is not valid, the username takes its place: {fault}");
        }

        return user.Username!;
    }

    /// <summary>Why a row cannot go with its account; null when it can. Gives the account where it is kept.</summary>
    private string? JudgeOwner(long? userId, DateTimeOffset? createdAt, out Kept? owner)
    {
        owner = userId is { } id ? users.GetValueOrDefault(id) : null;
        return owner is not null
            ? createdAt < owner.Source.CreatedAt ? OlderThanAccount : null
            : userId is { } known && knownUsers.Contains(known) ? "Its account is left out."
            : "Its account is not in the old database.";
    }

    /// <summary>An account that is kept: made by this import, or there.</summary>
    private sealed class Kept(ImportSourceUser source, Role role, UserRef? there, string displayName, DateTimeOffset now)
    {
        internal ImportSourceUser Source => source;

        internal UserRef? There => there;

        internal List<string> Groups { get; } = [];

        internal List<ImportedApiToken> Tokens { get; } = [];

        internal List<ImportedVps> Vps { get; } = [];

        internal ImportedAccount ToAccount() => new()
        {
            Username = source.Username!,
            DisplayName = displayName,
            Role = role,
            IsActive = source.IsActive ?? false,
            PasswordHash = source.PasswordHash!,
            CreatedAt = source.CreatedAt ?? now,
            Groups = Groups,
            Tokens = Tokens,
            Vps = Vps,
        };
    }
}
