using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>A one-use code is deleted with the user it is for.</summary>
internal sealed class CodeMapping : IEntityTypeConfiguration<CodeRow>
{
    public void Configure(EntityTypeBuilder<CodeRow> builder)
    {
        builder.ToTable("kohaku_codes");
        builder.HasIndex(c => c.Hash).IsUnique();
        builder.HasIndex(c => c.ExpiresAt);
        builder.HasIndex(c => c.UserId);
        builder.HasOne(c => c.User).WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
