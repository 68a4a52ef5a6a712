using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>An approval outlives the users it names.</summary>
internal sealed class ApprovalMapping : IEntityTypeConfiguration<ApprovalRow>
{
    public void Configure(EntityTypeBuilder<ApprovalRow> builder)
    {
        builder.ToTable("kohaku_approvals", t => t.HasCheckConstraint("ck_kohaku_approvals_status", "status BETWEEN 0 AND 3"));
        builder.HasIndex(a => a.TaskId).IsUnique();
        builder.HasIndex(a => new { a.Status, a.Id });
        builder.HasIndex(a => new { a.SubmitterId, a.Id });
        builder.HasIndex(a => a.DecidedById);

        // Nearly all rows are delivered; only the backlog is in this index, so the worker's polling costs nothing.
        builder.HasIndex(a => new { a.DecidedAt, a.Id }).HasFilter("delivered_at IS NULL AND status <> 0");

        // Approvals whose content may be removed: removed rows leave the index, so looking for more costs nothing.
        builder.HasIndex(a => a.DecidedAt).HasFilter("delivered_at IS NOT NULL AND arguments <> 'null'");
        builder.HasOne<UserRow>().WithMany().HasForeignKey(a => a.SubmitterId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<UserRow>().WithMany().HasForeignKey(a => a.DecidedById).OnDelete(DeleteBehavior.SetNull);
    }
}
