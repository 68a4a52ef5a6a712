using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite;

/// <summary>
/// The tables as SQLite keeps them: times are INTEGER microseconds since the Unix epoch, because the provider can
/// neither compare nor order <see cref="DateTimeOffset"/> as text; ids are AUTOINCREMENT, which never reuses one.
/// </summary>
internal sealed class SqliteAuthDbContext(DbContextOptions<SqliteAuthDbContext> options) : AuthDbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Microseconds>();

    protected override void ApplyEngine(ModelBuilder modelBuilder)
    {
        // A search goes through it instead of through the rows, which are ten times as long.
        modelBuilder.Entity<UserRow>().HasIndex(u => u.SearchText);
    }

    private sealed class Microseconds() : ValueConverter<DateTimeOffset, long>(
        value => Instants.ToMicroseconds(value), microseconds => Instants.FromMicroseconds(microseconds));
}
