using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>An identity is deleted with its user. Issuer and subject are compared byte for byte.</summary>
internal sealed class IdentityMapping : IEntityTypeConfiguration<IdentityRow>
{
    public void Configure(EntityTypeBuilder<IdentityRow> builder)
    {
        builder.ToTable("kohaku_identities");
        builder.Property(i => i.Provider).IsOrdinalText();
        builder.Property(i => i.Issuer).IsOrdinalText();
        builder.Property(i => i.Subject).IsOrdinalText();
        builder.HasIndex(i => new { i.Issuer, i.Subject }).IsUnique();
        builder.HasIndex(i => new { i.UserId, i.Provider }).IsUnique();
        builder.HasOne(i => i.User).WithMany().HasForeignKey(i => i.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
