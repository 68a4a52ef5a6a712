using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KohakuRiver.Auth.EntityFrameworkCore.Tests;

/// <summary>
/// The library as its next version would be: its migrations and one more. An upgrade can so be tested whatever migrations there are.
/// </summary>
internal sealed class NextVersion(ICurrentDbContext current) : IMigrationsAssembly
{
    /// <summary>The statement that the next version's migration begins with.</summary>
    public const string FirstStatement = "CREATE TABLE kohaku_next";

    /// <summary>What the history says of it.</summary>
    public const string Id = "29990101000000_Next";

    private readonly Type context = current.Context.GetType();

    public Assembly Assembly => context.Assembly;

    public IReadOnlyDictionary<string, TypeInfo> Migrations => new SortedDictionary<string, TypeInfo>(
        OfContext().Where(type => type.IsDefined(typeof(MigrationAttribute)))
            .ToDictionary(type => type.GetCustomAttribute<MigrationAttribute>()!.Id, StringComparer.Ordinal),
        StringComparer.Ordinal)
    {
        { Id, typeof(Next).GetTypeInfo() },
    };

    public ModelSnapshot? ModelSnapshot =>
        OfContext().Where(typeof(ModelSnapshot).IsAssignableFrom).Select(type => (ModelSnapshot?)Activator.CreateInstance(type)).Single();

    /// <summary>Makes a set one of the next version.</summary>
    public static void Configure(DbContextOptionsBuilder options) => options.ReplaceService<IMigrationsAssembly, NextVersion>();

    public string? FindMigrationId(string nameOrId) => Migrations.Keys.SingleOrDefault(id => id == nameOrId);

    public Migration CreateMigration(TypeInfo migrationClass, string activeProvider)
    {
        var migration = (Migration)Activator.CreateInstance(migrationClass)!;
        migration.ActiveProvider = activeProvider;
        return migration;
    }

    private IEnumerable<TypeInfo> OfContext() =>
        Assembly.DefinedTypes.Where(type => type.GetCustomAttribute<DbContextAttribute>()?.ContextType == context);

    [Migration(Id)]
    private sealed class Next : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(FirstStatement + " (id bigint NOT NULL PRIMARY KEY, name text NOT NULL)");
            migrationBuilder.Sql("CREATE INDEX ix_kohaku_tokens_name ON kohaku_tokens (name)");
            migrationBuilder.Sql("ALTER TABLE kohaku_groups ADD COLUMN colour text NOT NULL DEFAULT 'grey'");
            migrationBuilder.Sql("INSERT INTO kohaku_next (id, name) SELECT id, username FROM kohaku_users");
        }
    }
}
