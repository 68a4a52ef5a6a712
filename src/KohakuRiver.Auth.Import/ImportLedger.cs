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
    internal const string Tasks = "tasks";

    private readonly List<string> tables = [Users, Groups, Memberships, Tokens, Invitations, VpsAssignments];

    private readonly Dictionary<string, int> imported = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> there = new(StringComparer.Ordinal);
    private readonly List<ImportRemark> leftOut = [];
    private readonly List<ImportRemark> changed = [];
    private readonly List<ImportRename> renamed = [];
    private readonly List<string> notes = [];

    internal void Import(string table) => imported[table] = imported.GetValueOrDefault(table) + 1;

    internal void AlreadyThere(string table) => there[table] = there.GetValueOrDefault(table) + 1;

    internal void LeaveOut(string table, long id, string? name, string reason) => leftOut.Add(new ImportRemark(table, id, name, reason));

    internal void Change(string table, long id, string? name, string what) => changed.Add(new ImportRemark(table, id, name, what));

    internal void Rename(long id, string old, string wish) => renamed.Add(new ImportRename(id, old, wish));

    internal void Note(string note) => notes.Add(note);

    /// <summary>Counts a table that is not always part of an import.</summary>
    internal void Include(string table) => tables.Add(table);

    /// <summary>The numbers of what is imported, for the audit log.</summary>
    internal string Summary() => string.Join(", ", tables.Select(t => $"{t} {imported.GetValueOrDefault(t)}"));

    internal ImportReport ToReport(bool isDryRun, IReadOnlyList<string> more) => new()
    {
        IsDryRun = isDryRun,
        Counts = [.. tables.Select(t => new ImportCount(
            t, imported.GetValueOrDefault(t), there.GetValueOrDefault(t), leftOut.Count(r => r.Table == t)))],
        LeftOut = [.. leftOut.OrderBy(r => tables.IndexOf(r.Table)).ThenBy(r => r.Id)],
        Changed = [.. changed.OrderBy(r => tables.IndexOf(r.Table)).ThenBy(r => r.Id)],
        Renamed = [.. renamed.OrderBy(r => r.Id)],
        Notes = [.. more, .. notes],
    };
}
