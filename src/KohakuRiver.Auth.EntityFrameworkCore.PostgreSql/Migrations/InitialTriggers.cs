namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql.Migrations;

internal static class InitialTriggers
{
    public const string Sql = """
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
}
