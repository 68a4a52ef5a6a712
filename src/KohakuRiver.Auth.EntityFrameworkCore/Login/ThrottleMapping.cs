using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class ThrottleMapping : IEntityTypeConfiguration<ThrottleRow>
{
    public void Configure(EntityTypeBuilder<ThrottleRow> builder)
    {
        builder.ToTable("kohaku_throttle");
        builder.HasKey(t => new { t.Bucket, t.WindowStart });
        builder.HasIndex(t => t.WindowStart);
    }
}
