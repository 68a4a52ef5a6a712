using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>An assignment belongs to a user or a group, and is deleted with it.</summary>
internal sealed class VpsAssignmentMapping : IEntityTypeConfiguration<VpsAssignmentRow>
{
    public void Configure(EntityTypeBuilder<VpsAssignmentRow> builder)
    {
        builder.ToTable("kohaku_vps_assignments", t =>
            t.HasCheckConstraint("ck_kohaku_vps_assignments_one", "(user_id IS NULL) <> (group_id IS NULL)"));
        builder.HasIndex(a => new { a.VpsId, a.UserId }).IsUnique();
        builder.HasIndex(a => new { a.VpsId, a.GroupId }).IsUnique();
        builder.HasIndex(a => a.UserId);
        builder.HasIndex(a => a.GroupId);
        builder.HasOne(a => a.User).WithMany().HasForeignKey(a => a.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(a => a.Group).WithMany().HasForeignKey(a => a.GroupId).OnDelete(DeleteBehavior.Cascade);
    }
}
