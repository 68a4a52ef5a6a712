using KohakuRiver.Auth.EntityFrameworkCore.Rows;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore.Mapping;

/// <summary>Audit log, settings, counters and marks of imports.</summary>
internal static class SystemMapping
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<AuditRow>(audit =>
        {
            audit.ToTable("kohaku_audit");
            audit.Property(a => a.ActionKey).IsOrdinalText();
            audit.HasIndex(a => a.At);
            audit.HasIndex(a => new { a.ActorKey, a.Id });
            audit.HasIndex(a => new { a.ActionKey, a.Id });
            audit.HasIndex(a => new { a.TargetKey, a.Id });
            audit.HasIndex(a => new { a.TargetIdKey, a.Id });
        });

        model.Entity<SettingRow>(setting =>
        {
            setting.ToTable("kohaku_settings");
            setting.HasKey(s => s.Name);
        });

        model.Entity<ThrottleRow>(throttle =>
        {
            throttle.ToTable("kohaku_throttle");
            throttle.HasKey(t => new { t.Bucket, t.WindowStart });
            throttle.HasIndex(t => t.WindowStart);
        });

        model.Entity<ImportRow>(import =>
        {
            import.ToTable("kohaku_imports");
            import.HasKey(i => new { i.Kind, i.Key });
            import.HasIndex(i => i.Key);
        });
    }
}
