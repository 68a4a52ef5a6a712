using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class UserCountMapping : IEntityTypeConfiguration<UserCountRow>
{
    public void Configure(EntityTypeBuilder<UserCountRow> builder)
    {
        builder.ToTable("kohaku_user_counts");
        builder.HasKey(c => new { c.Role, c.IsActive });
        builder.Property(c => c.Role).ValueGeneratedNever();
    }
}
