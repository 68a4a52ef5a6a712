using Microsoft.EntityFrameworkCore.Migrations;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql;

/// <summary>
/// What the first schema has and a model cannot express: the counts of users and the epoch of changes to principals, both kept by triggers.
/// Every change to a row, including cascades and statements typed by hand, is counted and raises the epoch in the same transaction.
/// </summary>
/// <remarks>
/// Part of <c>Initial</c>, so it stays as it is: a later migration that needs another trigger drops the old one and creates its own. The
/// triggers of the epoch are deferred to the commit. The row that holds the epoch is thereby the last lock of every transaction, so that
/// no transaction waits for another one while holding it, and epochs become visible in order. A transaction raises it once, however many
/// rows it changes.
/// </remarks>
internal static class Triggers
{
    private const string UserCounts =
        """
        -- The rows of the counts are always taken in the order of their key, so that two changes of role in opposite directions
        -- do not wait for each other in a circle.
        CREATE FUNCTION kohaku_count_users() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'INSERT' THEN
                INSERT INTO kohaku_user_counts AS c (role, is_active, users) VALUES (NEW.role, NEW.is_active, 1)
                ON CONFLICT (role, is_active) DO UPDATE SET users = c.users + 1;
            ELSIF TG_OP = 'DELETE' THEN
                UPDATE kohaku_user_counts SET users = users - 1 WHERE role = OLD.role AND is_active = OLD.is_active;
            ELSE
                INSERT INTO kohaku_user_counts AS c (role, is_active, users)
                SELECT d.role, d.is_active, d.users
                FROM (VALUES (OLD.role, OLD.is_active, -1), (NEW.role, NEW.is_active, 1)) AS d (role, is_active, users)
                ORDER BY d.role, d.is_active
                ON CONFLICT (role, is_active) DO UPDATE SET users = c.users + EXCLUDED.users;
            END IF;
            RETURN NULL;
        END
        $$;

        CREATE TRIGGER tr_kohaku_users_insert AFTER INSERT ON kohaku_users
        FOR EACH ROW EXECUTE FUNCTION kohaku_count_users();

        CREATE TRIGGER tr_kohaku_users_delete AFTER DELETE ON kohaku_users
        FOR EACH ROW EXECUTE FUNCTION kohaku_count_users();

        CREATE TRIGGER tr_kohaku_users_update AFTER UPDATE OF role, is_active ON kohaku_users
        FOR EACH ROW WHEN (OLD.role <> NEW.role OR OLD.is_active <> NEW.is_active) EXECUTE FUNCTION kohaku_count_users();
        """;

    private const string FirstEpoch = "INSERT INTO kohaku_change_epoch (id, value) VALUES (1, 0);";

    // The setting lives as long as the transaction: "the transaction's id:its epoch".
    private const string NoteChange =
        """
        CREATE FUNCTION kohaku_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            touched bigint;
            own text := pg_current_xact_id()::text || ':';
            noted text := current_setting('kohaku.change', true);
            mine bigint;
        BEGIN
            IF TG_ARGV[0] = 'user' THEN
                touched := OLD.id;
            ELSIF TG_OP = 'INSERT' THEN
                touched := NEW.user_id;
            ELSE
                touched := OLD.user_id;
            END IF;

            IF starts_with(noted, own) THEN
                mine := substr(noted, length(own) + 1)::bigint;
            ELSE
                UPDATE kohaku_change_epoch SET value = value + 1 RETURNING value INTO STRICT mine;
                DELETE FROM kohaku_changes WHERE epoch <= mine - 10000;
                PERFORM set_config('kohaku.change', own || mine, true);
            END IF;

            INSERT INTO kohaku_changes (epoch, user_id) VALUES (mine, touched) ON CONFLICT DO NOTHING;
            RETURN NULL;
        END
        $$;
        """;

    private const string PrincipalChanged =
        """
        WHEN (OLD.id <> NEW.id OR OLD.username <> NEW.username
        OR OLD.role <> NEW.role OR OLD.is_active <> NEW.is_active)
        """;

    /// <summary>Creates them; the tables already exist.</summary>
    public static void Create(MigrationBuilder migration)
    {
        migration.Sql(UserCounts);
        migration.Sql(FirstEpoch);
        migration.Sql(NoteChange);
        Touch(migration, "kohaku_users", "touch", "UPDATE OF id, username, role, is_active", "user", PrincipalChanged);
        Touch(migration, "kohaku_users", "touch_delete", "DELETE", "user");
        foreach (var table in (ReadOnlySpan<string>)["kohaku_sessions", "kohaku_tokens"])
        {
            // The library never changes an owner; someone might by hand.
            Touch(migration, table, "touch", "UPDATE OF user_id, hash, expires_at", "credential");
            Touch(migration, table, "touch_delete", "DELETE", "credential");
        }

        Touch(migration, "kohaku_memberships", "touch", "INSERT OR UPDATE OR DELETE", "membership");
    }

    /// <summary>Raises the epoch for the user of each changed row of a table.</summary>
    public static void Touch(MigrationBuilder migration, string table, string name, string when, string argument, string condition = "") =>
        migration.Sql(
            $"""
            CREATE CONSTRAINT TRIGGER tr_{table}_{name} AFTER {when} ON {table}
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW {condition} EXECUTE FUNCTION kohaku_note_change('{argument}');
            """);
}
