using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql.Migrations
{
    /// <inheritdoc />
    internal sealed partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "kohaku_audit",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_id = table.Column<long>(type: "bigint", nullable: true),
                    actor = table.Column<string>(type: "text", nullable: false),
                    actor_key = table.Column<string>(type: "text", nullable: false),
                    credential = table.Column<string>(type: "text", nullable: true),
                    ip_address = table.Column<string>(type: "text", nullable: true),
                    action = table.Column<string>(type: "text", nullable: false),
                    action_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    target_type = table.Column<string>(type: "text", nullable: true),
                    target_id = table.Column<string>(type: "text", nullable: true),
                    target_id_key = table.Column<string>(type: "text", nullable: true),
                    target = table.Column<string>(type: "text", nullable: true),
                    target_key = table.Column<string>(type: "text", nullable: true),
                    outcome = table.Column<int>(type: "integer", nullable: false),
                    detail = table.Column<string>(type: "text", nullable: true),
                    operation_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kohaku_audit", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "kohaku_change_epoch",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    value = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kohaku_change_epoch", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "kohaku_changes",
                columns: table => new
                {
                    epoch = table.Column<long>(type: "bigint", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kohaku_changes", x => new { x.epoch, x.user_id });
                });

            migrationBuilder.CreateTable(
                name: "kohaku_groups",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    name = table.Column<string>(type: "text", nullable: false),
                    name_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: false),
                    tier = table.Column<int>(type: "integer", nullable: false),
                    limits = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kohaku_groups", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "kohaku_imports",
                columns: table => new
                {
                    kind = table.Column<int>(type: "integer", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    imported_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kohaku_imports", x => new { x.kind, x.key });
                });

            migrationBuilder.CreateTable(
                name: "kohaku_settings",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kohaku_settings", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "kohaku_throttle",
                columns: table => new
                {
                    bucket = table.Column<string>(type: "text", nullable: false),
                    window_start = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kohaku_throttle", x => new { x.bucket, x.window_start });
                });

            migrationBuilder.CreateTable(
                name: "kohaku_user_counts",
                columns: table => new
                {
                    role = table.Column<int>(type: "integer", nullable: false),
                    is_active = table.Column<bool>(type: "boolean", nullable: false),
                    users = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kohaku_user_counts", x => new { x.role, x.is_active });
                });

            migrationBuilder.CreateTable(
                name: "kohaku_users",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    username = table.Column<string>(type: "text", nullable: false),
                    username_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    display_name = table.Column<string>(type: "text", nullable: false),
                    display_name_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    role = table.Column<int>(type: "integer", nullable: false),
                    is_active = table.Column<bool>(type: "boolean", nullable: false),
                    password_hash = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_login_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    failed_logins = table.Column<int>(type: "integer", nullable: false),
                    locked_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kohaku_users", x => x.id);
                    table.CheckConstraint("ck_kohaku_users_role", "role BETWEEN 1 AND 4");
                });

            migrationBuilder.CreateTable(
                name: "kohaku_approvals",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    task_id = table.Column<string>(type: "text", nullable: false),
                    task_type = table.Column<string>(type: "text", nullable: false),
                    command = table.Column<string>(type: "text", nullable: false),
                    arguments = table.Column<string>(type: "text", nullable: false),
                    required_cores = table.Column<int>(type: "integer", nullable: false),
                    required_memory_bytes = table.Column<long>(type: "bigint", nullable: true),
                    required_gpus = table.Column<string>(type: "text", nullable: false),
                    target_node = table.Column<string>(type: "text", nullable: true),
                    details = table.Column<string>(type: "text", nullable: false),
                    submitter_id = table.Column<long>(type: "bigint", nullable: true),
                    submitter = table.Column<string>(type: "text", nullable: false),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: false),
                    decided_by_id = table.Column<long>(type: "bigint", nullable: true),
                    decided_by = table.Column<string>(type: "text", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    delivered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    delivery_attempts = table.Column<int>(type: "integer", nullable: false),
                    delivery_held_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    delivery_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kohaku_approvals", x => x.id);
                    table.CheckConstraint("ck_kohaku_approvals_status", "status BETWEEN 0 AND 3");
                    table.ForeignKey(
                        name: "fk_kohaku_approvals_decided_by_id",
                        column: x => x.decided_by_id,
                        principalTable: "kohaku_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_kohaku_approvals_submitter_id",
                        column: x => x.submitter_id,
                        principalTable: "kohaku_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "kohaku_codes",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    purpose = table.Column<int>(type: "integer", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: true),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kohaku_codes", x => x.id);
                    table.ForeignKey(
                        name: "fk_kohaku_codes_user_id",
                        column: x => x.user_id,
                        principalTable: "kohaku_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "kohaku_invitations",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    prefix = table.Column<string>(type: "text", nullable: false),
                    role = table.Column<int>(type: "integer", nullable: false),
                    group_id = table.Column<long>(type: "bigint", nullable: true),
                    max_uses = table.Column<int>(type: "integer", nullable: false),
                    uses = table.Column<int>(type: "integer", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_by_id = table.Column<long>(type: "bigint", nullable: true),
                    created_by = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kohaku_invitations", x => x.id);
                    table.CheckConstraint("ck_kohaku_invitations_role", "role BETWEEN 1 AND 4");
                    table.CheckConstraint("ck_kohaku_invitations_uses", "uses >= 0 AND uses <= max_uses");
                    table.ForeignKey(
                        name: "fk_kohaku_invitations_created_by_id",
                        column: x => x.created_by_id,
                        principalTable: "kohaku_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_kohaku_invitations_group_id",
                        column: x => x.group_id,
                        principalTable: "kohaku_groups",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "kohaku_memberships",
                columns: table => new
                {
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    group_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kohaku_memberships", x => new { x.user_id, x.group_id });
                    table.ForeignKey(
                        name: "fk_kohaku_memberships_group_id",
                        column: x => x.group_id,
                        principalTable: "kohaku_groups",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_kohaku_memberships_user_id",
                        column: x => x.user_id,
                        principalTable: "kohaku_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "kohaku_sessions",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ip_address = table.Column<string>(type: "text", nullable: true),
                    user_agent = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kohaku_sessions", x => x.id);
                    table.ForeignKey(
                        name: "fk_kohaku_sessions_user_id",
                        column: x => x.user_id,
                        principalTable: "kohaku_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "kohaku_tokens",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    parent_id = table.Column<long>(type: "bigint", nullable: true),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    prefix = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kohaku_tokens", x => x.id);
                    table.ForeignKey(
                        name: "fk_kohaku_tokens_parent_id",
                        column: x => x.parent_id,
                        principalTable: "kohaku_tokens",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_kohaku_tokens_user_id",
                        column: x => x.user_id,
                        principalTable: "kohaku_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "kohaku_vps_assignments",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    vps_id = table.Column<string>(type: "text", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: true),
                    group_id = table.Column<long>(type: "bigint", nullable: true),
                    assigned_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kohaku_vps_assignments", x => x.id);
                    table.CheckConstraint("ck_kohaku_vps_assignments_one", "(user_id IS NULL) <> (group_id IS NULL)");
                    table.ForeignKey(
                        name: "fk_kohaku_vps_assignments_group_id",
                        column: x => x.group_id,
                        principalTable: "kohaku_groups",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_kohaku_vps_assignments_user_id",
                        column: x => x.user_id,
                        principalTable: "kohaku_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_approvals_decided_at",
                table: "kohaku_approvals",
                column: "decided_at",
                filter: "delivered_at IS NOT NULL AND arguments <> 'null'");

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_approvals_decided_at_id",
                table: "kohaku_approvals",
                columns: new[] { "decided_at", "id" },
                filter: "delivered_at IS NULL AND status <> 0");

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_approvals_decided_by_id",
                table: "kohaku_approvals",
                column: "decided_by_id");

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_approvals_status_id",
                table: "kohaku_approvals",
                columns: new[] { "status", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_approvals_submitter_id_id",
                table: "kohaku_approvals",
                columns: new[] { "submitter_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_approvals_task_id",
                table: "kohaku_approvals",
                column: "task_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_audit_action_key_id",
                table: "kohaku_audit",
                columns: new[] { "action_key", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_audit_actor_key_id",
                table: "kohaku_audit",
                columns: new[] { "actor_key", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_audit_at",
                table: "kohaku_audit",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_audit_operation_id",
                table: "kohaku_audit",
                column: "operation_id");

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_audit_target_id_key_id",
                table: "kohaku_audit",
                columns: new[] { "target_id_key", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_audit_target_key_id",
                table: "kohaku_audit",
                columns: new[] { "target_key", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_codes_expires_at",
                table: "kohaku_codes",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_codes_hash",
                table: "kohaku_codes",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_codes_user_id",
                table: "kohaku_codes",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_groups_name_key",
                table: "kohaku_groups",
                column: "name_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_imports_key",
                table: "kohaku_imports",
                column: "key");

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_invitations_created_by_id_id",
                table: "kohaku_invitations",
                columns: new[] { "created_by_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_invitations_expires_at",
                table: "kohaku_invitations",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_invitations_group_id",
                table: "kohaku_invitations",
                column: "group_id");

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_invitations_hash",
                table: "kohaku_invitations",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_memberships_group_id",
                table: "kohaku_memberships",
                column: "group_id");

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_sessions_hash",
                table: "kohaku_sessions",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_sessions_user_id_expires_at",
                table: "kohaku_sessions",
                columns: new[] { "user_id", "expires_at" });

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_throttle_window_start",
                table: "kohaku_throttle",
                column: "window_start");

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_tokens_expires_at",
                table: "kohaku_tokens",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_tokens_hash",
                table: "kohaku_tokens",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_tokens_hash_id",
                table: "kohaku_tokens",
                columns: new[] { "hash", "id" },
                filter: "length(hash) = 64");

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_tokens_parent_id",
                table: "kohaku_tokens",
                column: "parent_id");

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_tokens_user_id_id",
                table: "kohaku_tokens",
                columns: new[] { "user_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_users_created_at_id",
                table: "kohaku_users",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_users_display_name_key",
                table: "kohaku_users",
                column: "display_name_key");

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_users_last_login_at_id",
                table: "kohaku_users",
                columns: new[] { "last_login_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_users_role_created_at_id",
                table: "kohaku_users",
                columns: new[] { "role", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_users_role_id",
                table: "kohaku_users",
                columns: new[] { "role", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_users_role_last_login_at_id",
                table: "kohaku_users",
                columns: new[] { "role", "last_login_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_users_role_username_key",
                table: "kohaku_users",
                columns: new[] { "role", "username_key" });

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_users_username_key",
                table: "kohaku_users",
                column: "username_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_vps_assignments_group_id",
                table: "kohaku_vps_assignments",
                column: "group_id");

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_vps_assignments_user_id",
                table: "kohaku_vps_assignments",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_vps_assignments_vps_id_group_id",
                table: "kohaku_vps_assignments",
                columns: new[] { "vps_id", "group_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_kohaku_vps_assignments_vps_id_user_id",
                table: "kohaku_vps_assignments",
                columns: new[] { "vps_id", "user_id" },
                unique: true);

            Triggers.Create(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("A schema is not taken back. Put a copy of the database from before the update back.");
    }
}
