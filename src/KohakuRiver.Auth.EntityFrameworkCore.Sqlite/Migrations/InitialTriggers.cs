namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Migrations;

internal static class InitialTriggers
{
    public const string Sql = """
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
}
