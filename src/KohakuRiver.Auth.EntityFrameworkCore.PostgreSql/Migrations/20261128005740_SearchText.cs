using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql.Migrations
{
    /// <inheritdoc />
    internal sealed partial class SearchText : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_kohaku_users_display_name_key",
                table: "kohaku_users");

            migrationBuilder.AddColumn<string>(
                name: "search_text",
                table: "kohaku_users",
                type: "text",
                nullable: false,
                defaultValue: "");

            // Names of plain letters, digits and signs are as good as folded; SearchTextFill makes the others at the next start.
            migrationBuilder.Sql(
                """
                UPDATE kohaku_users SET search_text = username_key || chr(10) || display_name_key
                WHERE username_key ~ '^[!-~]+( [!-~]+)*$' AND display_name_key ~ '^[!-~]+( [!-~]+)*$';
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("A schema is not taken back. Put a copy of the database from before the update back.");
    }
}
