using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Migrations
{
    /// <inheritdoc />
    internal sealed partial class UsersWithoutPermission : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // SQLite cannot change a constraint. The generated way copies the table, which takes more than one transaction, and loses the
            // triggers and the highest id ever given; rewriting the constraint's text, which does not concern how rows are stored, is what
            // SQLite documents for this. The table that comes and goes makes every other connection read the text anew.
            migrationBuilder.Sql(
                """
                PRAGMA writable_schema = ON;
                UPDATE "sqlite_master"
                SET "sql" = replace(
                    "sql",
                    'CONSTRAINT "ck_kohaku_users_role" CHECK (role BETWEEN 1 AND 4)',
                    'CONSTRAINT "ck_kohaku_users_role" CHECK (role BETWEEN 0 AND 4)')
                WHERE "type" = 'table' AND "name" = 'kohaku_users';
                PRAGMA writable_schema = RESET;
                CREATE TABLE "kohaku_schema_changed" ("id" INTEGER);
                DROP TABLE "kohaku_schema_changed";
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("A schema is not taken back. Put a copy of the database from before the update back.");
    }
}
