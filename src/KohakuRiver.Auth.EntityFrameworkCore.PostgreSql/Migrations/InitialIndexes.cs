namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql.Migrations;

internal static class InitialIndexes
{
    public const string Sql = """
        CREATE INDEX ix_kohaku_approvals_decided_at_id ON kohaku_approvals (decided_at, id) WHERE delivered_at IS NULL AND status <> 0;
        CREATE INDEX ix_kohaku_approvals_decided_by_id ON kohaku_approvals (decided_by_id);
        CREATE INDEX ix_kohaku_approvals_status_id ON kohaku_approvals (status, id);
        CREATE INDEX ix_kohaku_approvals_submitter_id_id ON kohaku_approvals (submitter_id, id);
        CREATE UNIQUE INDEX ix_kohaku_approvals_task_id ON kohaku_approvals (task_id);
        CREATE INDEX ix_kohaku_audit_action_key_id ON kohaku_audit (action_key, id);
        CREATE INDEX ix_kohaku_audit_actor_key_id ON kohaku_audit (actor_key, id);
        CREATE INDEX ix_kohaku_audit_at ON kohaku_audit (at);
        CREATE INDEX ix_kohaku_audit_operation_id ON kohaku_audit (operation_id);
        CREATE INDEX ix_kohaku_audit_target_id_key_id ON kohaku_audit (target_id_key, id);
        CREATE INDEX ix_kohaku_audit_target_key_id ON kohaku_audit (target_key, id);
        CREATE INDEX ix_kohaku_codes_expires_at ON kohaku_codes (expires_at);
        CREATE UNIQUE INDEX ix_kohaku_codes_hash ON kohaku_codes (hash);
        CREATE INDEX ix_kohaku_codes_user_id ON kohaku_codes (user_id);
        CREATE UNIQUE INDEX ix_kohaku_groups_name_key ON kohaku_groups (name_key);
        CREATE INDEX ix_kohaku_invitations_created_by_id_id ON kohaku_invitations (created_by_id, id);
        CREATE INDEX ix_kohaku_invitations_expires_at ON kohaku_invitations (expires_at);
        CREATE INDEX ix_kohaku_invitations_group_id ON kohaku_invitations (group_id);
        CREATE UNIQUE INDEX ix_kohaku_invitations_hash ON kohaku_invitations (hash);
        CREATE INDEX ix_kohaku_memberships_group_id ON kohaku_memberships (group_id);
        CREATE UNIQUE INDEX ix_kohaku_sessions_hash ON kohaku_sessions (hash);
        CREATE INDEX ix_kohaku_sessions_user_id_expires_at ON kohaku_sessions (user_id, expires_at);
        CREATE INDEX ix_kohaku_throttle_window_start ON kohaku_throttle (window_start);
        CREATE INDEX ix_kohaku_tokens_expires_at ON kohaku_tokens (expires_at);
        CREATE UNIQUE INDEX ix_kohaku_tokens_hash ON kohaku_tokens (hash);
        CREATE INDEX ix_kohaku_tokens_parent_id ON kohaku_tokens (parent_id);
        CREATE INDEX ix_kohaku_tokens_user_id_id ON kohaku_tokens (user_id, id);
        CREATE INDEX ix_kohaku_users_created_at_id ON kohaku_users (created_at, id);
        CREATE INDEX ix_kohaku_users_display_name_key ON kohaku_users (display_name_key);
        CREATE INDEX ix_kohaku_users_last_login_at_id ON kohaku_users (last_login_at, id);
        CREATE INDEX ix_kohaku_users_role_created_at_id ON kohaku_users (role, created_at, id);
        CREATE INDEX ix_kohaku_users_role_id ON kohaku_users (role, id);
        CREATE INDEX ix_kohaku_users_role_last_login_at_id ON kohaku_users (role, last_login_at, id);
        CREATE INDEX ix_kohaku_users_role_username_key ON kohaku_users (role, username_key);
        CREATE UNIQUE INDEX ix_kohaku_users_username_key ON kohaku_users (username_key);
        CREATE INDEX ix_kohaku_vps_assignments_group_id ON kohaku_vps_assignments (group_id);
        CREATE INDEX ix_kohaku_vps_assignments_user_id ON kohaku_vps_assignments (user_id);
        CREATE UNIQUE INDEX ix_kohaku_vps_assignments_vps_id_group_id ON kohaku_vps_assignments (vps_id, group_id);
        CREATE UNIQUE INDEX ix_kohaku_vps_assignments_vps_id_user_id ON kohaku_vps_assignments (vps_id, user_id);
        """;
}
