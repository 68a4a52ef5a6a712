using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql;

/// <summary>
/// The tables as PostgreSQL keeps them: times are <c>timestamptz</c>, ids are identity columns, and text that is
/// sorted or searched by range has the collation <c>C</c>, which orders by code point whatever the database's own does.
/// </summary>
internal sealed class PostgreSqlAuthDbContext(DbContextOptions<PostgreSqlAuthDbContext> options) : AuthDbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Utc>();

    protected override void ApplyEngine(ModelBuilder modelBuilder)
    {
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            if (property.IsOrdinalText())
            {
                property.SetCollation("C");
            }
        }

        // After a commit without an acknowledgement, the writer looks for its own entry.
        modelBuilder.Entity<AuditRow>().HasIndex(a => a.OperationId);
    }

    // The driver accepts only offset zero.
    private sealed class Utc() : ValueConverter<DateTimeOffset, DateTimeOffset>(value => Instants.Cut(value), value => value);
}
