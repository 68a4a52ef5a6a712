using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>Sessions, tokens, invitations and one-use codes. All of them die with whom they belong to.</summary>
internal static class CredentialMapping
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<SessionRow>(session =>
        {
            session.ToTable("kohaku_sessions");
            session.HasIndex(s => s.Hash).IsUnique();
            session.HasIndex(s => new { s.UserId, s.ExpiresAt });
            session.HasOne(s => s.User).WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
        });

        model.Entity<TokenRow>(token =>
        {
            token.ToTable("kohaku_tokens");
            token.HasIndex(t => t.Hash).IsUnique();
            token.HasIndex(t => new { t.UserId, t.Id });
            token.HasIndex(t => t.ParentId);
            token.HasIndex(t => t.ExpiresAt);

            // Holds tokens of another form only, which are imported, so that asking whether there are any costs nothing.
            token.HasIndex(t => new { t.Hash, t.Id }).HasFilter("length(hash) = 64");
            token.HasOne(t => t.User).WithMany().HasForeignKey(t => t.UserId).OnDelete(DeleteBehavior.Cascade);
            token.HasOne<TokenRow>().WithMany().HasForeignKey(t => t.ParentId).OnDelete(DeleteBehavior.Cascade);
        });

        model.Entity<InvitationRow>(invitation =>
        {
            invitation.ToTable("kohaku_invitations", t =>
            {
                t.HasCheckConstraint("ck_kohaku_invitations_role", "role BETWEEN 1 AND 4");
                t.HasCheckConstraint("ck_kohaku_invitations_uses", "uses >= 0 AND uses <= max_uses");
            });
            invitation.HasIndex(i => i.Hash).IsUnique();
            invitation.HasIndex(i => i.ExpiresAt);
            invitation.HasIndex(i => new { i.CreatedById, i.Id });
            invitation.HasIndex(i => i.GroupId);
            invitation.HasOne(i => i.Group).WithMany().HasForeignKey(i => i.GroupId).OnDelete(DeleteBehavior.Cascade);
            invitation.HasOne<UserRow>().WithMany().HasForeignKey(i => i.CreatedById).OnDelete(DeleteBehavior.Cascade);
        });

        model.Entity<CodeRow>(code =>
        {
            code.ToTable("kohaku_codes");
            code.HasIndex(c => c.Hash).IsUnique();
            code.HasIndex(c => c.ExpiresAt);
            code.HasIndex(c => c.UserId);
            code.HasOne(c => c.User).WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}
