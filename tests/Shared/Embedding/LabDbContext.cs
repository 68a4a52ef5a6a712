// <snippet:tables-context>
using KohakuRiver.Auth.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Tests.Shared;

public sealed class LabDbContext(DbContextOptions<LabDbContext> options) : DbContext(options)
{
    public DbSet<Job> Jobs => Set<Job>();

    public DbSet<KohakuUser> Users => Set<KohakuUser>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Job>().ToTable("lab_jobs");
        modelBuilder.ApplyKohakuAuth();
    }
}

public sealed class Job
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public long? OwnerId { get; set; }

    public KohakuUser? Owner { get; set; }
}
// </snippet:tables-context>
