using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql.Migrations
{
    /// <inheritdoc />
    internal sealed partial class UsersWithoutPermission : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_kohaku_users_role",
                table: "kohaku_users");

            migrationBuilder.AddCheckConstraint(
                name: "ck_kohaku_users_role",
                table: "kohaku_users",
                sql: "role BETWEEN 0 AND 4");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("A schema is not taken back. Put a copy of the database from before the update back.");
    }
}
