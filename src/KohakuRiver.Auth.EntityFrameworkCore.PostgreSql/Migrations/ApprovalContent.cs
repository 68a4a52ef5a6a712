using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql.Migrations;

/// <summary>An index of the approvals whose content is still there and may be removed in time.</summary>
[DbContext(typeof(PostgreSqlAuthDbContext))]
[Migration("20261127000000_ApprovalContent")]
internal sealed class ApprovalContent : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE INDEX ix_kohaku_approvals_decided_at ON kohaku_approvals (decided_at) WHERE delivered_at IS NOT NULL AND arguments <> 'null';
        """);
}
