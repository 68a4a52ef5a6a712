using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Migrations;

/// <summary>
/// The epoch of changes to principals, raised by triggers: whatever changes a row, a cascade and a statement typed by hand
/// included, raises it in the same transaction.
/// </summary>
[DbContext(typeof(SqliteAuthDbContext))]
[Migration("20261123000000_ChangeEpoch")]
internal sealed class ChangeEpoch : Migration
{
    private const string Tables = """
        CREATE TABLE "kohaku_change_epoch" (
            "id" INTEGER NOT NULL CONSTRAINT "pk_kohaku_change_epoch" PRIMARY KEY,
            "value" INTEGER NOT NULL
        );

        INSERT INTO "kohaku_change_epoch" ("id", "value") VALUES (1, 0);

        CREATE TABLE "kohaku_changes" (
            "epoch" INTEGER NOT NULL,
            "user_id" INTEGER NOT NULL,
            CONSTRAINT "pk_kohaku_changes" PRIMARY KEY ("epoch", "user_id")
        );
        """;

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(Tables);
        migrationBuilder.Sql(Trigger(
            "kohaku_users", "touch", "UPDATE OF \"id\", \"username\", \"role\", \"is_active\"",
            "WHEN OLD.\"id\" <> NEW.\"id\" OR OLD.\"username\" <> NEW.\"username\" OR OLD.\"role\" <> NEW.\"role\" OR OLD.\"is_active\" <> NEW.\"is_active\"", "OLD.\"id\""));
        migrationBuilder.Sql(Trigger("kohaku_users", "touch_delete", "DELETE", "", "OLD.\"id\""));
        foreach (var table in (ReadOnlySpan<string>)["kohaku_sessions", "kohaku_tokens"])
        {
            // An owner is never changed by the library; a hand might.
            migrationBuilder.Sql(Trigger(table, "touch", "UPDATE OF \"user_id\", \"hash\", \"expires_at\"", "", "OLD.\"user_id\""));
            migrationBuilder.Sql(Trigger(table, "touch_delete", "DELETE", "", "OLD.\"user_id\""));
        }

        migrationBuilder.Sql(Trigger("kohaku_memberships", "touch_insert", "INSERT", "", "NEW.\"user_id\""));
        migrationBuilder.Sql(Trigger("kohaku_memberships", "touch", "UPDATE", "", "OLD.\"user_id\""));
        migrationBuilder.Sql(Trigger("kohaku_memberships", "touch_delete", "DELETE", "", "OLD.\"user_id\""));
    }

    private static string Trigger(string table, string name, string when, string condition, string user) => $"""
        CREATE TRIGGER "tr_{table}_{name}" AFTER {when} ON "{table}" {condition} BEGIN
            UPDATE "kohaku_change_epoch" SET "value" = "value" + 1;
            INSERT INTO "kohaku_changes" ("epoch", "user_id") SELECT "value", {user} FROM "kohaku_change_epoch";
            DELETE FROM "kohaku_changes" WHERE "epoch" <= (SELECT "value" FROM "kohaku_change_epoch") - 10000;
        END;
        """;
}
