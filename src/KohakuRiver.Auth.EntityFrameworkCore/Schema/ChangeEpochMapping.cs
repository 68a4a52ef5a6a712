using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class ChangeEpochMapping : IEntityTypeConfiguration<ChangeEpochRow>
{
    public void Configure(EntityTypeBuilder<ChangeEpochRow> builder)
    {
        builder.ToTable("kohaku_change_epoch");
        builder.Property(e => e.Id).ValueGeneratedNever();
    }
}
