using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>
/// The tables. Each engine derives its own context, which adds how the engine keeps times and which collation orders
/// keys by code point, and to which the engine's migrations belong.
/// </summary>
internal abstract class AuthDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<UserRow> Users => Set<UserRow>();

    /// <summary>Read only; see <see cref="UserCountRow"/>.</summary>
    public DbSet<UserCountRow> UserCounts => Set<UserCountRow>();

    public DbSet<SessionRow> Sessions => Set<SessionRow>();

    public DbSet<TokenRow> Tokens => Set<TokenRow>();

    public DbSet<IdentityRow> Identities => Set<IdentityRow>();

    public DbSet<GroupRow> Groups => Set<GroupRow>();

    public DbSet<MembershipRow> Memberships => Set<MembershipRow>();

    public DbSet<InvitationRow> Invitations => Set<InvitationRow>();

    public DbSet<ApprovalRow> Approvals => Set<ApprovalRow>();

    public DbSet<VpsAssignmentRow> VpsAssignments => Set<VpsAssignmentRow>();

    public DbSet<AuditRow> Audit => Set<AuditRow>();

    public DbSet<CodeRow> Codes => Set<CodeRow>();

    public DbSet<SettingRow> Settings => Set<SettingRow>();

    public DbSet<ThrottleRow> Throttle => Set<ThrottleRow>();

    public DbSet<ImportRow> Imports => Set<ImportRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        // Each row's own mapping stands next to it.
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AuthDbContext).Assembly);
        ApplyEngine(modelBuilder);
        NamingRules.Apply(modelBuilder.Model);
    }

    /// <summary>What the engine adds to the common mappings: collations of ordinal text, indexes only it needs.</summary>
    protected virtual void ApplyEngine(ModelBuilder modelBuilder)
    {
    }
}
