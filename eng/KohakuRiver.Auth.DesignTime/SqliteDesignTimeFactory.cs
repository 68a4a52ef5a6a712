using KohakuRiver.Auth.EntityFrameworkCore.Sqlite;
using Microsoft.EntityFrameworkCore.Design;

namespace KohakuRiver.Auth.DesignTime;

/// <summary>
/// Gives <c>dotnet ef</c> the context as the stores configure it. No file is opened: commands on migrations read the model alone.
/// </summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteAuthDbContext>
{
    public SqliteAuthDbContext CreateDbContext(string[] args)
    {
        var options = new SqliteStoreOptions { ConnectionString = "Data Source=design-time.db" };
        return (SqliteAuthDbContext)new SqliteAuthDatabase(options).CreateContext();
    }
}
