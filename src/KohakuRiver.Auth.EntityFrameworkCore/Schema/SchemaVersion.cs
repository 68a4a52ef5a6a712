using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>Whether a database's schema matches this version of the library.</summary>
internal static class SchemaVersion
{
    /// <summary>The library's own table of applied migrations, separate from a host's.</summary>
    public const string HistoryTable = "kohaku_migrations";

    /// <summary>The schema is outdated and must not be migrated.</summary>
    public static InvalidOperationException Older => new(
        "The database schema is older than this version of the library, and MigrateAtStart is off. "
        + "Turn it on, or migrate with another instance.");

    /// <summary>The number of missing migrations.</summary>
    /// <param name="db">A context of the engine.</param>
    /// <param name="applied">The migrations applied to the database.</param>
    /// <exception cref="InvalidOperationException">The schema is newer than this version.</exception>
    public static int Missing(AuthDbContext db, IEnumerable<string> applied)
    {
        var (missing, unknown) = Compare(db, applied);
        return unknown is null
            ? missing
            : throw new InvalidOperationException(
                $"The database schema is newer than this version of the library (unknown migration '{unknown}'). "
                + "Update the library, or restore a backup from before the update.");
    }

    /// <summary>How the schema compares with this version.</summary>
    /// <param name="db">A context of the engine.</param>
    /// <param name="applied">The migrations applied to the database.</param>
    public static SchemaState StateOf(AuthDbContext db, IEnumerable<string> applied) => Compare(db, applied) switch
    {
        { Unknown: not null } => SchemaState.Newer,
        { Missing: > 0 } => SchemaState.Older,
        _ => SchemaState.Current,
    };

    private static (int Missing, string? Unknown) Compare(AuthDbContext db, IEnumerable<string> applied)
    {
        var known = db.GetService<IMigrationsAssembly>().Migrations.Keys;
        var there = applied.ToHashSet(StringComparer.Ordinal);
        return (
            known.Count(migration => !there.Contains(migration)), there.Except(known, StringComparer.Ordinal).Max(StringComparer.Ordinal));
    }
}
