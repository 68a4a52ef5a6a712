namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Migrations;

internal static class InitialTables
{
    public const string Sql = """
        CREATE TABLE "kohaku_audit" (
            "id" INTEGER NOT NULL CONSTRAINT "pk_kohaku_audit" PRIMARY KEY AUTOINCREMENT,
            "at" INTEGER NOT NULL,
            "actor_id" INTEGER NULL,
            "actor" TEXT NOT NULL,
            "actor_key" TEXT NOT NULL,
            "credential" TEXT NULL,
            "ip_address" TEXT NULL,
            "action" TEXT NOT NULL,
            "action_key" TEXT NOT NULL,
            "target_type" TEXT NULL,
            "target_id" TEXT NULL,
            "target_id_key" TEXT NULL,
            "target" TEXT NULL,
            "target_key" TEXT NULL,
            "outcome" INTEGER NOT NULL,
            "detail" TEXT NULL,
            "operation_id" TEXT NOT NULL
        );

        CREATE TABLE "kohaku_groups" (
            "id" INTEGER NOT NULL CONSTRAINT "pk_kohaku_groups" PRIMARY KEY AUTOINCREMENT,
            "name" TEXT NOT NULL,
            "name_key" TEXT NOT NULL,
            "description" TEXT NOT NULL,
            "tier" INTEGER NOT NULL,
            "limits" TEXT NOT NULL,
            "created_at" INTEGER NOT NULL
        );

        CREATE TABLE "kohaku_settings" (
            "name" TEXT NOT NULL CONSTRAINT "pk_kohaku_settings" PRIMARY KEY,
            "value" TEXT NOT NULL
        );

        CREATE TABLE "kohaku_throttle" (
            "bucket" TEXT NOT NULL,
            "window_start" INTEGER NOT NULL,
            "attempts" INTEGER NOT NULL,
            CONSTRAINT "pk_kohaku_throttle" PRIMARY KEY ("bucket", "window_start")
        );

        CREATE TABLE "kohaku_user_counts" (
            "role" INTEGER NOT NULL,
            "is_active" INTEGER NOT NULL,
            "users" INTEGER NOT NULL,
            CONSTRAINT "pk_kohaku_user_counts" PRIMARY KEY ("role", "is_active")
        );

        CREATE TABLE "kohaku_users" (
            "id" INTEGER NOT NULL CONSTRAINT "pk_kohaku_users" PRIMARY KEY AUTOINCREMENT,
            "username" TEXT NOT NULL,
            "username_key" TEXT NOT NULL,
            "display_name" TEXT NOT NULL,
            "display_name_key" TEXT NOT NULL,
            "role" INTEGER NOT NULL,
            "is_active" INTEGER NOT NULL,
            "password_hash" TEXT NOT NULL,
            "created_at" INTEGER NOT NULL,
            "last_login_at" INTEGER NOT NULL,
            "failed_logins" INTEGER NOT NULL,
            "locked_until" INTEGER NULL,
            CONSTRAINT "ck_kohaku_users_role" CHECK (role BETWEEN 1 AND 4)
        );

        CREATE TABLE "kohaku_approvals" (
            "id" INTEGER NOT NULL CONSTRAINT "pk_kohaku_approvals" PRIMARY KEY AUTOINCREMENT,
            "task_id" TEXT NOT NULL,
            "task_type" TEXT NOT NULL,
            "command" TEXT NOT NULL,
            "arguments" TEXT NOT NULL,
            "required_cores" INTEGER NOT NULL,
            "required_memory_bytes" INTEGER NULL,
            "required_gpus" TEXT NOT NULL,
            "target_node" TEXT NULL,
            "details" TEXT NOT NULL,
            "submitter_id" INTEGER NULL,
            "submitter" TEXT NOT NULL,
            "submitted_at" INTEGER NOT NULL,
            "status" INTEGER NOT NULL,
            "decided_by_id" INTEGER NULL,
            "decided_by" TEXT NULL,
            "decided_at" INTEGER NULL,
            "reason" TEXT NULL,
            "delivered_at" INTEGER NULL,
            "delivery_attempts" INTEGER NOT NULL,
            "delivery_held_until" INTEGER NULL,
            "delivery_due_at" INTEGER NULL,
            CONSTRAINT "ck_kohaku_approvals_status" CHECK (status BETWEEN 0 AND 3),
            CONSTRAINT "fk_kohaku_approvals_decided_by_id" FOREIGN KEY ("decided_by_id") REFERENCES "kohaku_users" ("id") ON DELETE SET NULL,
            CONSTRAINT "fk_kohaku_approvals_submitter_id" FOREIGN KEY ("submitter_id") REFERENCES "kohaku_users" ("id") ON DELETE SET NULL
        );

        CREATE TABLE "kohaku_codes" (
            "id" INTEGER NOT NULL CONSTRAINT "pk_kohaku_codes" PRIMARY KEY AUTOINCREMENT,
            "hash" BLOB NOT NULL,
            "purpose" INTEGER NOT NULL,
            "user_id" INTEGER NULL,
            "expires_at" INTEGER NOT NULL,
            CONSTRAINT "fk_kohaku_codes_user_id" FOREIGN KEY ("user_id") REFERENCES "kohaku_users" ("id") ON DELETE CASCADE
        );

        CREATE TABLE "kohaku_invitations" (
            "id" INTEGER NOT NULL CONSTRAINT "pk_kohaku_invitations" PRIMARY KEY AUTOINCREMENT,
            "hash" BLOB NOT NULL,
            "prefix" TEXT NOT NULL,
            "role" INTEGER NOT NULL,
            "group_id" INTEGER NULL,
            "max_uses" INTEGER NOT NULL,
            "uses" INTEGER NOT NULL,
            "expires_at" INTEGER NOT NULL,
            "created_by_id" INTEGER NULL,
            "created_by" TEXT NOT NULL,
            "created_at" INTEGER NOT NULL,
            CONSTRAINT "ck_kohaku_invitations_role" CHECK (role BETWEEN 1 AND 4),
            CONSTRAINT "ck_kohaku_invitations_uses" CHECK (uses >= 0 AND uses <= max_uses),
            CONSTRAINT "fk_kohaku_invitations_created_by_id" FOREIGN KEY ("created_by_id") REFERENCES "kohaku_users" ("id") ON DELETE CASCADE,
            CONSTRAINT "fk_kohaku_invitations_group_id" FOREIGN KEY ("group_id") REFERENCES "kohaku_groups" ("id") ON DELETE CASCADE
        );

        CREATE TABLE "kohaku_memberships" (
            "user_id" INTEGER NOT NULL,
            "group_id" INTEGER NOT NULL,
            CONSTRAINT "pk_kohaku_memberships" PRIMARY KEY ("user_id", "group_id"),
            CONSTRAINT "fk_kohaku_memberships_group_id" FOREIGN KEY ("group_id") REFERENCES "kohaku_groups" ("id") ON DELETE CASCADE,
            CONSTRAINT "fk_kohaku_memberships_user_id" FOREIGN KEY ("user_id") REFERENCES "kohaku_users" ("id") ON DELETE CASCADE
        );

        CREATE TABLE "kohaku_sessions" (
            "id" INTEGER NOT NULL CONSTRAINT "pk_kohaku_sessions" PRIMARY KEY AUTOINCREMENT,
            "user_id" INTEGER NOT NULL,
            "hash" BLOB NOT NULL,
            "created_at" INTEGER NOT NULL,
            "last_seen_at" INTEGER NOT NULL,
            "expires_at" INTEGER NOT NULL,
            "ip_address" TEXT NULL,
            "user_agent" TEXT NULL,
            CONSTRAINT "fk_kohaku_sessions_user_id" FOREIGN KEY ("user_id") REFERENCES "kohaku_users" ("id") ON DELETE CASCADE
        );

        CREATE TABLE "kohaku_tokens" (
            "id" INTEGER NOT NULL CONSTRAINT "pk_kohaku_tokens" PRIMARY KEY AUTOINCREMENT,
            "user_id" INTEGER NOT NULL,
            "parent_id" INTEGER NULL,
            "hash" BLOB NOT NULL,
            "prefix" TEXT NOT NULL,
            "name" TEXT NOT NULL,
            "created_at" INTEGER NOT NULL,
            "last_used_at" INTEGER NULL,
            "expires_at" INTEGER NULL,
            CONSTRAINT "fk_kohaku_tokens_parent_id" FOREIGN KEY ("parent_id") REFERENCES "kohaku_tokens" ("id") ON DELETE CASCADE,
            CONSTRAINT "fk_kohaku_tokens_user_id" FOREIGN KEY ("user_id") REFERENCES "kohaku_users" ("id") ON DELETE CASCADE
        );

        CREATE TABLE "kohaku_vps_assignments" (
            "id" INTEGER NOT NULL CONSTRAINT "pk_kohaku_vps_assignments" PRIMARY KEY AUTOINCREMENT,
            "vps_id" TEXT NOT NULL,
            "user_id" INTEGER NULL,
            "group_id" INTEGER NULL,
            "assigned_at" INTEGER NOT NULL,
            CONSTRAINT "ck_kohaku_vps_assignments_one" CHECK ((user_id IS NULL) <> (group_id IS NULL)),
            CONSTRAINT "fk_kohaku_vps_assignments_group_id" FOREIGN KEY ("group_id") REFERENCES "kohaku_groups" ("id") ON DELETE CASCADE,
            CONSTRAINT "fk_kohaku_vps_assignments_user_id" FOREIGN KEY ("user_id") REFERENCES "kohaku_users" ("id") ON DELETE CASCADE
        );
        """;
}
