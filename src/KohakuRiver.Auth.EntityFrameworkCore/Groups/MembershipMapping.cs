using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>A membership is deleted with its user and with its group.</summary>
internal sealed class MembershipMapping : IEntityTypeConfiguration<MembershipRow>
{
    public void Configure(EntityTypeBuilder<MembershipRow> builder)
    {
        builder.ToTable("kohaku_memberships");
        builder.HasKey(m => new { m.UserId, m.GroupId });
        builder.HasIndex(m => m.GroupId);
        builder.HasOne<UserRow>().WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(m => m.Group).WithMany().HasForeignKey(m => m.GroupId).OnDelete(DeleteBehavior.Cascade);
    }
}
