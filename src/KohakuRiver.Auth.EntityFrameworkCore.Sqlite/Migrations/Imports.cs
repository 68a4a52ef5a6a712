using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Migrations;

/// <summary>Marks of what was imported from a KohakuRiver database, and an index that holds imported tokens only.</summary>
[DbContext(typeof(SqliteAuthDbContext))]
[Migration("20261123000000_Imports")]
internal sealed class Imports : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE "kohaku_imports" (
            "kind" INTEGER NOT NULL,
            "key" TEXT NOT NULL,
            "imported_at" INTEGER NOT NULL,
            CONSTRAINT "pk_kohaku_imports" PRIMARY KEY ("kind", "key")
        );

        CREATE INDEX "ix_kohaku_imports_key" ON "kohaku_imports" ("key");
        CREATE INDEX "ix_kohaku_tokens_hash_id" ON "kohaku_tokens" ("hash", "id") WHERE length(hash) = 64;
        """);
}
