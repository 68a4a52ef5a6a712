using KohakuRiver.Auth;
using KohakuRiver.SampleHost.Configuration;
using Microsoft.Data.Sqlite;

namespace KohakuRiver.SampleHost.Importing;

/// <summary>
/// The database an import works on. A dry run changes nothing at all: it makes no file, and brings no schema up to date. Where there is no
/// database yet it works on an empty one that is thrown away.
/// </summary>
internal sealed class ImportTarget : IDisposable
{
    private readonly HostDatabases databases;
    private readonly bool mayMigrate;
    private readonly DirectoryInfo? thrownAway;

    private ImportTarget(HostDatabases databases, bool mayMigrate, DirectoryInfo? thrownAway)
    {
        this.databases = databases;
        this.mayMigrate = mayMigrate;
        this.thrownAway = thrownAway;
    }

    internal static ImportTarget For(HostDatabases databases, bool isDryRun)
    {
        if (databases.IsPostgreSql || !isDryRun)
        {
            return new ImportTarget(databases, !isDryRun, null);
        }

        var builder = new SqliteConnectionStringBuilder(databases.Auth);
        if (File.Exists(builder.DataSource))
        {
            return new ImportTarget(databases, mayMigrate: false, null);
        }

        var folder = Directory.CreateTempSubdirectory("kohaku-import-");
        builder.DataSource = Path.Combine(folder.FullName, "empty.db");
        return new ImportTarget(databases with { Auth = builder.ToString() }, mayMigrate: true, folder);
    }

    internal KohakuAuthBuilder Use(KohakuAuthBuilder auth) => auth.UseDatabase(databases, mayMigrate);

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
