using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>A token is deleted with its user and with the token it was created with.</summary>
internal sealed class TokenMapping : IEntityTypeConfiguration<TokenRow>
{
    public void Configure(EntityTypeBuilder<TokenRow> builder)
    {
        builder.ToTable("kohaku_tokens");
        builder.HasIndex(t => t.Hash).IsUnique();
        builder.HasIndex(t => new { t.UserId, t.Id });
        builder.HasIndex(t => t.ParentId);
        builder.HasIndex(t => t.ExpiresAt);
        builder.Property(t => t.Prefix).IsOrdinalText();
        builder.HasIndex(t => t.Prefix);

        // Contains only imported tokens, which have another form, so that checking for any costs nothing.
        builder.HasIndex(t => new { t.Hash, t.Id }).HasFilter("length(hash) = 64");
        builder.HasOne(t => t.User).WithMany().HasForeignKey(t => t.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<TokenRow>().WithMany().HasForeignKey(t => t.ParentId).OnDelete(DeleteBehavior.Cascade);
    }
}
