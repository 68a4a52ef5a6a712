using Microsoft.Data.Sqlite;

namespace KohakuRiver.SampleHost.Importing;

/// <summary>
/// The database an import works on. A dry run changes nothing at all: it makes no file, and brings no schema up to date. Where there is no
/// database yet it works on an empty one that is thrown away.
/// </summary>
internal sealed class ImportTarget : IDisposable
{
    private readonly DirectoryInfo? thrownAway;

    private ImportTarget(string connectionString, bool mayMigrate, DirectoryInfo? thrownAway)
    {
        ConnectionString = connectionString;
        MayMigrate = mayMigrate;
        this.thrownAway = thrownAway;
    }

    internal string ConnectionString { get; }

    internal bool MayMigrate { get; }

    internal static ImportTarget For(string connectionString, bool isDryRun)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString);
        if (!isDryRun || File.Exists(builder.DataSource))
        {
            return new ImportTarget(connectionString, !isDryRun, null);
        }

        var folder = Directory.CreateTempSubdirectory("kohaku-import-");
        builder.DataSource = Path.Combine(folder.FullName, "empty.db");
        return new ImportTarget(builder.ToString(), true, folder);
    }

    public void Dispose()
    {
        try
        {
            thrownAway?.Delete(recursive: true);
        }
        catch (IOException)
        {
            // An empty database in the folder for such things; the system clears it one day.
        }
    }
}
