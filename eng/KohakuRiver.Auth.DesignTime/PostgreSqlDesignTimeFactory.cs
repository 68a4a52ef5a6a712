using KohakuRiver.Auth.EntityFrameworkCore.PostgreSql;
using Microsoft.EntityFrameworkCore.Design;

namespace KohakuRiver.Auth.DesignTime;

/// <summary>
/// Gives <c>dotnet ef</c> the context as the stores configure it. No server is asked: commands on migrations read the model alone.
/// </summary>
internal sealed class PostgreSqlDesignTimeFactory : IDesignTimeDbContextFactory<PostgreSqlAuthDbContext>
{
    public PostgreSqlAuthDbContext CreateDbContext(string[] args)
    {
        var options = new PostgreSqlStoreOptions { ConnectionString = "Host=localhost;Database=design_time" };
        return (PostgreSqlAuthDbContext)new PostgreSqlAuthDatabase(options).CreateContext();
    }
}
