using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>An invitation is deleted with its creator and with the group it leads to.</summary>
internal sealed class InvitationMapping : IEntityTypeConfiguration<InvitationRow>
{
    public void Configure(EntityTypeBuilder<InvitationRow> builder)
    {
        builder.ToTable("kohaku_invitations", t =>
        {
            t.HasCheckConstraint("ck_kohaku_invitations_role", "role BETWEEN 1 AND 4");
            t.HasCheckConstraint("ck_kohaku_invitations_uses", "uses >= 0 AND uses <= max_uses");
        });
        builder.HasIndex(i => i.Hash).IsUnique();
        builder.HasIndex(i => i.ExpiresAt);
        builder.HasIndex(i => new { i.CreatedById, i.Id });
        builder.HasIndex(i => i.GroupId);
        builder.HasOne(i => i.Group).WithMany().HasForeignKey(i => i.GroupId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<UserRow>().WithMany().HasForeignKey(i => i.CreatedById).OnDelete(DeleteBehavior.Cascade);
    }
}
