using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Migrations
{
    /// <inheritdoc />
    internal sealed partial class MustChangePassword : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "must_change_password",
                table: "kohaku_users",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            // Requests know that nothing but the password may be changed, so what is cached must learn of it.
            Triggers.Touch(
                migrationBuilder, "kohaku_users", "touch_must_change", "UPDATE OF \"must_change_password\"", "OLD.\"id\"",
                "WHEN OLD.\"must_change_password\" <> NEW.\"must_change_password\"");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("A schema is not taken back. Put a copy of the database from before the update back.");
    }
}
