using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Migrations
{
    /// <inheritdoc />
    internal sealed partial class Language : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "language",
                table: "kohaku_users",
                type: "TEXT",
                maxLength: 35,
                nullable: true);

            // Requests know the language of their account, so what is cached must learn of a change.
            Triggers.Touch(
                migrationBuilder, "kohaku_users", "touch_language", "UPDATE OF \"language\"", "OLD.\"id\"",
                "WHEN OLD.\"language\" IS NOT NEW.\"language\"");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("A schema is not taken back. Put a copy of the database from before the update back.");
    }
}
