using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class GroupMapping : IEntityTypeConfiguration<GroupRow>
{
    public void Configure(EntityTypeBuilder<GroupRow> builder)
    {
        builder.ToTable("kohaku_groups");
        builder.Property(g => g.NameKey).IsOrdinalText();
        builder.HasIndex(g => g.NameKey).IsUnique();
    }
}
