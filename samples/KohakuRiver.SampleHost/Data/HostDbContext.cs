using System.Text.Json;
using KohakuRiver.Auth;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace KohakuRiver.SampleHost;

/// <summary>The host's own tables. The user side's may be in the same database; this context never accesses those.</summary>
internal sealed class HostDbContext(DbContextOptions<HostDbContext> options) : DbContext(options)
{
    public DbSet<NodeRow> Nodes => Set<NodeRow>();

    public DbSet<TaskRow> Tasks => Set<TaskRow>();

    public DbSet<VpsRow> Vps => Set<VpsRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        // A file of its own needs no prefix; a database shared with others does.
        var prefix = Database.IsNpgsql() ? "host_" : "";
        modelBuilder.Entity<NodeRow>(node =>
        {
            node.ToTable(prefix + "nodes");
            node.HasKey(n => n.Hostname);
        });
        modelBuilder.Entity<TaskRow>(task =>
        {
            task.ToTable(prefix + "tasks");
            task.Property(t => t.Id).ValueGeneratedNever();
            task.HasIndex(t => t.Status);
            task.Property(t => t.EnvVars).HasConversion(
                map => JsonSerializer.Serialize(map, JsonSerializerOptions.Default),
                text => JsonSerializer.Deserialize<Dictionary<string, string>>(text, JsonSerializerOptions.Default)!,
                new ValueComparer<Dictionary<string, string>>(
                    (one, other) => ReferenceEquals(one, other), map => map.Count, map => map));
        });
        modelBuilder.Entity<VpsRow>(vps =>
        {
            vps.ToTable(prefix + "vps");
            vps.Property(v => v.Id).ValueGeneratedNever();
        });
    }

    // SQLite has no type for instants, and EF Core cannot compare DateTimeOffset there: microseconds since 1970, UTC, and the same on
    // PostgreSQL.
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();

    private sealed class InstantConverter()
        : ValueConverter<DateTimeOffset, long>(value => Instants.ToMicroseconds(value), value => Instants.FromMicroseconds(value));
}
