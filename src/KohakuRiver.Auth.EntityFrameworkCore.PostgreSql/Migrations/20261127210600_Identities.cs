using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql.Migrations
{
    /// <inheritdoc />
    internal sealed partial class Identities : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "kohaku_identities",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    provider = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    issuer = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    subject = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    login_name = table.Column<string>(type: "text", nullable: false),
                    linked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kohaku_identities", x => x.id);
                    table.ForeignKey(
                        name: "fk_kohaku_identities_user_id",
                        column: x => x.user_id,
                        principalTable: "kohaku_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_identities_issuer_subject",
                table: "kohaku_identities",
                columns: new[] { "issuer", "subject" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_identities_user_id_provider",
                table: "kohaku_identities",
                columns: new[] { "user_id", "provider" },
                unique: true);

            // The library never changes whose it is; someone might by hand.
            Triggers.Touch(migrationBuilder, "kohaku_identities", "touch", "UPDATE OF user_id, issuer, subject", "credential");
            Triggers.Touch(migrationBuilder, "kohaku_identities", "touch_delete", "DELETE", "credential");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("A schema is not taken back. Put a copy of the database from before the update back.");
    }
}
