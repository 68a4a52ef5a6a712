using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class UserMapping : IEntityTypeConfiguration<UserRow>
{
    public void Configure(EntityTypeBuilder<UserRow> builder)
    {
        builder.ToTable("kohaku_users", t => t.HasCheckConstraint("ck_kohaku_users_role", "role BETWEEN 0 AND 4"));
        builder.Property(u => u.UsernameKey).IsOrdinalText();
        builder.Property(u => u.DisplayNameKey).IsOrdinalText();
        builder.Property(u => u.Language).HasMaxLength(LanguageTag.MaximumLength);
        builder.HasIndex(u => u.UsernameKey).IsUnique();
        // Older instances know nothing of it.
        builder.Property(u => u.SearchText).HasDefaultValue("");
        builder.Property(u => u.MustChangePassword).HasDefaultValue(false);
        builder.HasIndex(u => new { u.CreatedAt, u.Id });
        builder.HasIndex(u => new { u.LastLoginAt, u.Id });

        // Contains only accounts that were locked and have not logged in since.
        builder.HasIndex(u => u.LockedUntil).HasFilter("locked_until IS NOT NULL");

        // Lists filtered by role, in each of their orders: roles are so unevenly distributed that neither sorting all users of
        // a role nor scanning past those of other roles would be fast.
        builder.HasIndex(u => new { u.Role, u.Id });
        builder.HasIndex(u => new { u.Role, u.CreatedAt, u.Id });
        builder.HasIndex(u => new { u.Role, u.UsernameKey });
        builder.HasIndex(u => new { u.Role, u.LastLoginAt, u.Id });
    }
}
