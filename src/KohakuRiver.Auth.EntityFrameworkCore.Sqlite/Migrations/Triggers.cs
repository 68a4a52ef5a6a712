using Microsoft.EntityFrameworkCore.Migrations;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite;

/// <summary>
/// What the first schema has and a model cannot express: the counts of users and the epoch of changes to principals, both kept by triggers.
/// Every change to a row, including cascades and statements typed by hand, is counted and raises the epoch in the same transaction.
/// </summary>
/// <remarks>
/// Part of <c>Initial</c>, so it stays as it is: a later migration that needs another trigger drops the old one and creates its own.
/// </remarks>
internal static class Triggers
{
    private const string UserCounts =
        """
        CREATE TRIGGER "tr_kohaku_users_insert" AFTER INSERT ON "kohaku_users" BEGIN
            INSERT INTO "kohaku_user_counts" ("role", "is_active", "users") VALUES (NEW."role", NEW."is_active", 1)
            ON CONFLICT ("role", "is_active") DO UPDATE SET "users" = "users" + 1;
        END;

        CREATE TRIGGER "tr_kohaku_users_delete" AFTER DELETE ON "kohaku_users" BEGIN
            UPDATE "kohaku_user_counts" SET "users" = "users" - 1 WHERE "role" = OLD."role" AND "is_active" = OLD."is_active";
        END;

        CREATE TRIGGER "tr_kohaku_users_update" AFTER UPDATE OF "role", "is_active" ON "kohaku_users"
        WHEN OLD."role" <> NEW."role" OR OLD."is_active" <> NEW."is_active" BEGIN
            UPDATE "kohaku_user_counts" SET "users" = "users" - 1 WHERE "role" = OLD."role" AND "is_active" = OLD."is_active";
            INSERT INTO "kohaku_user_counts" ("role", "is_active", "users") VALUES (NEW."role", NEW."is_active", 1)
            ON CONFLICT ("role", "is_active") DO UPDATE SET "users" = "users" + 1;
        END;
        """;

    private const string FirstEpoch = """INSERT INTO "kohaku_change_epoch" ("id", "value") VALUES (1, 0);""";

    private const string PrincipalChanged =
        """
        WHEN OLD."id" <> NEW."id" OR OLD."username" <> NEW."username"
        OR OLD."role" <> NEW."role" OR OLD."is_active" <> NEW."is_active"
        """;

    /// <summary>Creates them; the tables already exist.</summary>
    public static void Create(MigrationBuilder migration)
    {
        migration.Sql(UserCounts);
        migration.Sql(FirstEpoch);
        Touch(
            migration, "kohaku_users", "touch", "UPDATE OF \"id\", \"username\", \"role\", \"is_active\"", "OLD.\"id\"", PrincipalChanged);
        Touch(migration, "kohaku_users", "touch_delete", "DELETE", "OLD.\"id\"");
        foreach (var table in (ReadOnlySpan<string>)["kohaku_sessions", "kohaku_tokens"])
        {
            // The library never changes an owner; someone might by hand.
            Touch(migration, table, "touch", "UPDATE OF \"user_id\", \"hash\", \"expires_at\"", "OLD.\"user_id\"");
            Touch(migration, table, "touch_delete", "DELETE", "OLD.\"user_id\"");
        }

        Touch(migration, "kohaku_memberships", "touch_insert", "INSERT", "NEW.\"user_id\"");
        Touch(migration, "kohaku_memberships", "touch", "UPDATE", "OLD.\"user_id\"");
        Touch(migration, "kohaku_memberships", "touch_delete", "DELETE", "OLD.\"user_id\"");
    }

    /// <summary>Raises the epoch for the user of each changed row of a table.</summary>
    public static void Touch(MigrationBuilder migration, string table, string name, string when, string user, string condition = "") =>
        migration.Sql(
            $"""
            CREATE TRIGGER "tr_{table}_{name}" AFTER {when} ON "{table}" {condition} BEGIN
                UPDATE "kohaku_change_epoch" SET "value" = "value" + 1;
                INSERT INTO "kohaku_changes" ("epoch", "user_id") SELECT "value", {user} FROM "kohaku_change_epoch";
                DELETE FROM "kohaku_changes" WHERE "epoch" <= (SELECT "value" FROM "kohaku_change_epoch") - 10000;
            END;
            """);
}
