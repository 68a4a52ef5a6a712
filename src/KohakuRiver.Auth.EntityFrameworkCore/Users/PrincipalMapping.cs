using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>Users, groups and memberships.</summary>
internal static class PrincipalMapping
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<UserRow>(user =>
        {
            user.ToTable("kohaku_users", t => t.HasCheckConstraint("ck_kohaku_users_role", "role BETWEEN 1 AND 4"));
            user.Property(u => u.UsernameKey).IsOrdinalText();
            user.Property(u => u.DisplayNameKey).IsOrdinalText();
            user.HasIndex(u => u.UsernameKey).IsUnique();
            user.HasIndex(u => u.DisplayNameKey);
            user.HasIndex(u => new { u.CreatedAt, u.Id });
            user.HasIndex(u => new { u.LastLoginAt, u.Id });

            // Lists filtered by role, in each of their orders: roles are so unevenly filled that neither sorting all users of
            // a role nor walking past those of other roles would do.
            user.HasIndex(u => new { u.Role, u.Id });
            user.HasIndex(u => new { u.Role, u.CreatedAt, u.Id });
            user.HasIndex(u => new { u.Role, u.UsernameKey });
            user.HasIndex(u => new { u.Role, u.LastLoginAt, u.Id });
        });

        model.Entity<UserCountRow>(count =>
        {
            count.ToTable("kohaku_user_counts");
            count.HasKey(c => new { c.Role, c.IsActive });
            count.Property(c => c.Role).ValueGeneratedNever();
        });

        model.Entity<GroupRow>(group =>
        {
            group.ToTable("kohaku_groups");
            group.Property(g => g.NameKey).IsOrdinalText();
            group.HasIndex(g => g.NameKey).IsUnique();
        });

        model.Entity<MembershipRow>(membership =>
        {
            membership.ToTable("kohaku_memberships");
            membership.HasKey(m => new { m.UserId, m.GroupId });
            membership.HasIndex(m => m.GroupId);
            membership.HasOne<UserRow>().WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Cascade);
            membership.HasOne(m => m.Group).WithMany().HasForeignKey(m => m.GroupId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}
