using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>A token dies with its user and with the token it was made with.</summary>
internal sealed class TokenMapping : IEntityTypeConfiguration<TokenRow>
{
    public void Configure(EntityTypeBuilder<TokenRow> builder)
    {
        builder.ToTable("kohaku_tokens");
        builder.HasIndex(t => t.Hash).IsUnique();
        builder.HasIndex(t => new { t.UserId, t.Id });
        builder.HasIndex(t => t.ParentId);
        builder.HasIndex(t => t.ExpiresAt);

        // Holds tokens of another form only, which are imported, so that asking whether there are any costs nothing.
        builder.HasIndex(t => new { t.Hash, t.Id }).HasFilter("length(hash) = 64");
        builder.HasOne(t => t.User).WithMany().HasForeignKey(t => t.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<TokenRow>().WithMany().HasForeignKey(t => t.ParentId).OnDelete(DeleteBehavior.Cascade);
    }
}
