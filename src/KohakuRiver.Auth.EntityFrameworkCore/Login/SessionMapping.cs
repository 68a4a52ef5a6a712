using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>A session is deleted with its user.</summary>
internal sealed class SessionMapping : IEntityTypeConfiguration<SessionRow>
{
    public void Configure(EntityTypeBuilder<SessionRow> builder)
    {
        builder.ToTable("kohaku_sessions");
        builder.HasIndex(s => s.Hash).IsUnique();
        builder.HasIndex(s => new { s.UserId, s.ExpiresAt });
        builder.HasOne(s => s.User).WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
