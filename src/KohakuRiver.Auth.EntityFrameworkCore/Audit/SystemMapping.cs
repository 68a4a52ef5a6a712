using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>Audit log, settings, counters, the log of changes to principals and marks of imports.</summary>
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

        model.Entity<ChangeEpochRow>(epoch =>
        {
            epoch.ToTable("kohaku_change_epoch");
            epoch.Property(e => e.Id).ValueGeneratedNever();
        });

        model.Entity<ChangeRow>(change =>
        {
            change.ToTable("kohaku_changes");
            change.HasKey(c => new { c.Epoch, c.UserId });
        });

        model.Entity<ImportRow>(import =>
        {
            import.ToTable("kohaku_imports");
            import.HasKey(i => new { i.Kind, i.Key });
            import.HasIndex(i => i.Key);
        });
    }
}
