using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql.Migrations;

/// <summary>
/// The epoch of changes to principals, raised by triggers: whatever changes a row, a cascade and a statement typed by hand
/// included, raises it in the same transaction.
/// </summary>
/// <remarks>
/// The triggers are deferred to the commit. The row that holds the epoch is thereby the last lock of every transaction, so that nobody waits for
/// another one while holding it, and epochs become visible in their order. A transaction raises it once, however many rows it changes.
/// </remarks>
[DbContext(typeof(PostgreSqlAuthDbContext))]
[Migration("20261123000000_ChangeEpoch")]
internal sealed class ChangeEpoch : Migration
{
    private const string Tables = """
        CREATE TABLE kohaku_change_epoch (
            id integer NOT NULL,
            value bigint NOT NULL,
            CONSTRAINT pk_kohaku_change_epoch PRIMARY KEY (id)
        );

        INSERT INTO kohaku_change_epoch (id, value) VALUES (1, 0);

        CREATE TABLE kohaku_changes (
            epoch bigint NOT NULL,
            user_id bigint NOT NULL,
            CONSTRAINT pk_kohaku_changes PRIMARY KEY (epoch, user_id)
        );
        """;

    // The setting lives as long as the transaction: "the transaction's id:its epoch".
    private const string Function = """
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

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(Tables);
        migrationBuilder.Sql(Function);
        migrationBuilder.Sql(Trigger(
            "kohaku_users", "touch", "UPDATE OF id, username, role, is_active", "user",
            "WHEN (OLD.id <> NEW.id OR OLD.username <> NEW.username OR OLD.role <> NEW.role OR OLD.is_active <> NEW.is_active)"));
        migrationBuilder.Sql(Trigger("kohaku_users", "touch_delete", "DELETE", "user"));
        foreach (var table in (ReadOnlySpan<string>)["kohaku_sessions", "kohaku_tokens"])
        {
            // An owner is never changed by the library; a hand might.
            migrationBuilder.Sql(Trigger(table, "touch", "UPDATE OF user_id, hash, expires_at", "credential"));
            migrationBuilder.Sql(Trigger(table, "touch_delete", "DELETE", "credential"));
        }

        migrationBuilder.Sql(Trigger("kohaku_memberships", "touch", "INSERT OR UPDATE OR DELETE", "membership"));
    }

    private static string Trigger(string table, string name, string when, string argument, string condition = "") => $"""
        CREATE CONSTRAINT TRIGGER tr_{table}_{name} AFTER {when} ON {table}
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW {condition} EXECUTE FUNCTION kohaku_note_change('{argument}');
        """;
}
