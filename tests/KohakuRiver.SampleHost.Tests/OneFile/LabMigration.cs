using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KohakuRiver.SampleHost.Tests.OneFile;

/// <summary>The host's own first migration, as <c>dotnet ef migrations add</c> writes it.</summary>
[DbContext(typeof(LabDbContext))]
[Migration("20260101000000_Jobs")]
public sealed class LabMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "lab_jobs",
            columns: table => new
            {
                Id = table.Column<int>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                Name = table.Column<string>(type: "TEXT", nullable: false),
                OwnerId = table.Column<long>(type: "INTEGER", nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_lab_jobs", row => row.Id));
        migrationBuilder.CreateIndex(name: "IX_lab_jobs_OwnerId", table: "lab_jobs", column: "OwnerId");
    }
}
