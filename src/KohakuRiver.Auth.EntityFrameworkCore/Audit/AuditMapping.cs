using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class AuditMapping : IEntityTypeConfiguration<AuditRow>
{
    public void Configure(EntityTypeBuilder<AuditRow> builder)
    {
        builder.ToTable("kohaku_audit");
        builder.Property(a => a.ActionKey).IsOrdinalText();
        builder.HasIndex(a => a.At);
        builder.HasIndex(a => new { a.ActorKey, a.Id });
        builder.HasIndex(a => new { a.ActionKey, a.Id });
        builder.HasIndex(a => new { a.TargetKey, a.Id });
        builder.HasIndex(a => new { a.TargetIdKey, a.Id });
    }
}
