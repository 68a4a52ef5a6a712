using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>Approvals and VPS assignments.</summary>
internal static class ClusterMapping
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<ApprovalRow>(approval =>
        {
            approval.ToTable("kohaku_approvals", t => t.HasCheckConstraint("ck_kohaku_approvals_status", "status BETWEEN 0 AND 3"));
            approval.HasIndex(a => a.TaskId).IsUnique();
            approval.HasIndex(a => new { a.Status, a.Id });
            approval.HasIndex(a => new { a.SubmitterId, a.Id });
            approval.HasIndex(a => a.DecidedById);

            // Nearly all rows are delivered; only the backlog is in this index, so the worker's poll costs nothing.
            approval.HasIndex(a => new { a.DecidedAt, a.Id }).HasFilter("delivered_at IS NULL AND status <> 0");

            // Approvals that still have content and may lose it: what is removed leaves the index, so looking for more costs nothing.
            approval.HasIndex(a => a.DecidedAt).HasFilter("delivered_at IS NOT NULL AND arguments <> 'null'");
            approval.HasOne<UserRow>().WithMany().HasForeignKey(a => a.SubmitterId).OnDelete(DeleteBehavior.SetNull);
            approval.HasOne<UserRow>().WithMany().HasForeignKey(a => a.DecidedById).OnDelete(DeleteBehavior.SetNull);
        });

        model.Entity<VpsAssignmentRow>(assignment =>
        {
            assignment.ToTable("kohaku_vps_assignments", t =>
                t.HasCheckConstraint("ck_kohaku_vps_assignments_one", "(user_id IS NULL) <> (group_id IS NULL)"));
            assignment.HasIndex(a => new { a.VpsId, a.UserId }).IsUnique();
            assignment.HasIndex(a => new { a.VpsId, a.GroupId }).IsUnique();
            assignment.HasIndex(a => a.UserId);
            assignment.HasIndex(a => a.GroupId);
            assignment.HasOne(a => a.User).WithMany().HasForeignKey(a => a.UserId).OnDelete(DeleteBehavior.Cascade);
            assignment.HasOne(a => a.Group).WithMany().HasForeignKey(a => a.GroupId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}
