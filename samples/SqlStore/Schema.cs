namespace SqlStore;

/// <summary>The tables. Ids are never reused; what depends on a row is deleted with it; times are microseconds since 1970.</summary>
internal static class Schema
{
    /// <summary>Written into the file; a higher one is from a later version of this program.</summary>
    public const int Version = 1;

    public static readonly SqlText Stamp = new("PRAGMA user_version = 1");

    public static readonly SqlText Tables = new("""
        CREATE TABLE users (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          username TEXT NOT NULL,
          username_key TEXT NOT NULL UNIQUE,
          display_name TEXT NOT NULL,
          search_text TEXT NOT NULL,
          language TEXT,
          role INTEGER NOT NULL,
          is_active INTEGER NOT NULL,
          password_hash TEXT NOT NULL,
          created_at INTEGER NOT NULL,
          last_login_at INTEGER,
          failed_logins INTEGER NOT NULL DEFAULT 0,
          locked_until INTEGER,
          must_change_password INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE decoy (attempts INTEGER NOT NULL);
        INSERT INTO decoy VALUES (0);
        CREATE TABLE sessions (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          user_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
          hash BLOB NOT NULL UNIQUE,
          created_at INTEGER NOT NULL,
          last_seen_at INTEGER NOT NULL,
          expires_at INTEGER NOT NULL,
          ip_address TEXT,
          user_agent TEXT);
        CREATE INDEX sessions_user ON sessions (user_id);
        CREATE TABLE tokens (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          user_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
          hash BLOB NOT NULL UNIQUE,
          name TEXT NOT NULL,
          prefix TEXT NOT NULL,
          created_at INTEGER NOT NULL,
          last_used_at INTEGER,
          expires_at INTEGER,
          parent_id INTEGER);
        CREATE INDEX tokens_user ON tokens (user_id);
        CREATE INDEX tokens_parent ON tokens (parent_id);
        CREATE TABLE identities (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          user_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
          provider TEXT NOT NULL,
          issuer TEXT NOT NULL,
          subject TEXT NOT NULL,
          login_name TEXT NOT NULL,
          linked_at INTEGER NOT NULL,
          seen_at INTEGER,
          UNIQUE (issuer, subject),
          UNIQUE (user_id, provider));
        CREATE TABLE groups (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          name TEXT NOT NULL,
          name_key TEXT NOT NULL UNIQUE,
          description TEXT NOT NULL,
          tier INTEGER NOT NULL,
          limits TEXT NOT NULL,
          created_at INTEGER NOT NULL);
        CREATE TABLE memberships (
          user_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
          group_id INTEGER NOT NULL REFERENCES groups ON DELETE CASCADE,
          PRIMARY KEY (user_id, group_id));
        CREATE INDEX memberships_group ON memberships (group_id);
        CREATE TABLE invitations (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          hash BLOB NOT NULL UNIQUE,
          prefix TEXT NOT NULL,
          role INTEGER NOT NULL,
          group_id INTEGER REFERENCES groups ON DELETE CASCADE,
          max_uses INTEGER NOT NULL,
          uses INTEGER NOT NULL,
          expires_at INTEGER NOT NULL,
          created_by_id INTEGER REFERENCES users ON DELETE CASCADE,
          created_by TEXT NOT NULL,
          created_at INTEGER NOT NULL);
        CREATE INDEX invitations_group ON invitations (group_id);
        CREATE INDEX invitations_maker ON invitations (created_by_id);
        CREATE TABLE codes (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          hash BLOB NOT NULL UNIQUE,
          purpose INTEGER NOT NULL,
          user_id INTEGER REFERENCES users ON DELETE CASCADE,
          expires_at INTEGER NOT NULL);
        CREATE INDEX codes_user ON codes (user_id);
        CREATE TABLE approvals (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          task_id TEXT NOT NULL UNIQUE,
          task_type TEXT NOT NULL,
          command TEXT NOT NULL,
          arguments TEXT NOT NULL,
          required_cores INTEGER NOT NULL,
          required_memory INTEGER,
          required_gpus TEXT NOT NULL,
          target_node TEXT,
          details TEXT NOT NULL,
          secret_details TEXT NOT NULL,
          content_removed INTEGER NOT NULL DEFAULT 0,
          submitter_id INTEGER REFERENCES users ON DELETE SET NULL,
          submitter TEXT NOT NULL,
          submitted_at INTEGER NOT NULL,
          status INTEGER NOT NULL,
          decided_by_id INTEGER REFERENCES users ON DELETE SET NULL,
          decided_by TEXT,
          decided_at INTEGER,
          reason TEXT,
          delivered_at INTEGER,
          delivery_attempts INTEGER NOT NULL DEFAULT 0,
          held_until INTEGER,
          due_at INTEGER);
        CREATE INDEX approvals_submitter ON approvals (submitter_id);
        CREATE INDEX approvals_decider ON approvals (decided_by_id);
        CREATE INDEX approvals_status ON approvals (status, id);
        CREATE TABLE vps_assignments (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          vps_id TEXT NOT NULL,
          user_id INTEGER REFERENCES users ON DELETE CASCADE,
          group_id INTEGER REFERENCES groups ON DELETE CASCADE,
          assigned_at INTEGER NOT NULL,
          UNIQUE (vps_id, user_id),
          UNIQUE (vps_id, group_id));
        CREATE INDEX vps_assignments_user ON vps_assignments (user_id);
        CREATE INDEX vps_assignments_group ON vps_assignments (group_id);
        CREATE TABLE audit (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          at INTEGER NOT NULL,
          actor_id INTEGER,
          actor TEXT NOT NULL,
          actor_key TEXT NOT NULL,
          credential TEXT,
          ip_address TEXT,
          action TEXT NOT NULL,
          action_key TEXT NOT NULL,
          target_type TEXT,
          target_id TEXT,
          target_id_key TEXT,
          target TEXT,
          target_key TEXT,
          outcome INTEGER NOT NULL,
          detail TEXT,
          operation_id TEXT NOT NULL);
        CREATE INDEX audit_at ON audit (at);
        CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
        CREATE TABLE throttle (bucket TEXT NOT NULL, window INTEGER NOT NULL, taken INTEGER NOT NULL, PRIMARY KEY (bucket, window));
        """);
}
