// <snippet:own-fields>
using KohakuRiver.Auth.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Workshop;

public sealed class WorkshopContext(DbContextOptions<WorkshopContext> options) : IdentityDbContext<User, Role, string>(options)
{
    public DbSet<Profile> Profiles => Set<Profile>();

    /// <summary>The people of a department, by name; those without a profile have none.</summary>
    public IQueryable<string> NamesOf(string department) =>
        from profile in Profiles
        join user in Set<KohakuUser>() on profile.UserId equals user.Id
        where profile.Department == department
        orderby user.Username
        select user.Username;

    /// <summary>Removes the profiles of accounts that are gone. Ids are never used again, so nobody else gets one meanwhile.</summary>
    public Task<int> CleanProfilesAsync(CancellationToken cancellationToken) => Profiles
        .Where(profile => !Set<KohakuUser>().Any(user => user.Id == profile.UserId))
        .ExecuteDeleteAsync(cancellationToken);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyKohakuAuth();
        modelBuilder.Entity<Profile>(profile =>
        {
            profile.ToTable("workshop_profiles");
            profile.HasKey(p => p.UserId);
            profile.Property(p => p.UserId).ValueGeneratedNever();
        });
    }
}
// </snippet:own-fields>
