using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql.Migrations;

/// <summary>
/// The first schema. The statements are written out, so that a migration stays what it was when the model moves on; a
/// test holds the sum of all migrations equal to the model. Triggers are not part of the model; tests hold what they do.
/// </summary>
[DbContext(typeof(PostgreSqlAuthDbContext))]
[Migration("20261101000000_Initial")]
internal sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(InitialTables.Sql);
        migrationBuilder.Sql(InitialIndexes.Sql);
        migrationBuilder.Sql(InitialTriggers.Sql);
    }
}
