namespace KohakuRiver.Auth.Import;

/// <summary>Counts the results of one import: every row of a table ends in exactly one of the three columns.</summary>
internal sealed class ImportLedger
{
    internal const string Users = "users";
    internal const string Groups = "groups";
    internal const string Memberships = "user_groups";
    internal const string Tokens = "tokens";
    internal const string Invitations = "invitations";
    internal const string VpsAssignments = "vps_assignments";

    private static readonly string[] Tables = [Users, Groups, Memberships, Tokens, Invitations, VpsAssignments];

    private readonly Dictionary<string, int> imported = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> there = new(StringComparer.Ordinal);
    private readonly List<ImportRemark> leftOut = [];
    private readonly List<ImportRemark> changed = [];

    internal void Import(string table) => imported[table] = imported.GetValueOrDefault(table) + 1;

    internal void AlreadyThere(string table) => there[table] = there.GetValueOrDefault(table) + 1;

    internal void LeaveOut(string table, long id, string? name, string reason) => leftOut.Add(new ImportRemark(table, id, name, reason));

    internal void Change(string table, long id, string? name, string what) => changed.Add(new ImportRemark(table, id, name, what));

    /// <summary>The numbers of what is imported, for the audit log.</summary>
    internal string Summary() => string.Join(", ", Tables.Select(t => $"{t} {imported.GetValueOrDefault(t)}"));

    internal ImportReport ToReport(bool isDryRun, IReadOnlyList<string> notes) => new()
    {
        IsDryRun = isDryRun,
        Counts = [.. Tables.Select(t => new ImportCount(
            t, imported.GetValueOrDefault(t), there.GetValueOrDefault(t), leftOut.Count(r => r.Table == t)))],
        LeftOut = [.. leftOut.OrderBy(r => Array.IndexOf(Tables, r.Table)).ThenBy(r => r.Id)],
        Changed = [.. changed.OrderBy(r => Array.IndexOf(Tables, r.Table)).ThenBy(r => r.Id)],
        Notes = notes,
    };
}
