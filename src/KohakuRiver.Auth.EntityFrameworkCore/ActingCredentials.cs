using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>Whether the credential that authorizes a change still holds; checked inside the transaction of the change.</summary>
internal static class ActingCredentials
{
    /// <summary>The status the change is lost with; null when the credential holds.</summary>
    public static async Task<WriteStatus?> JudgeAsync(
        AuthDbContext db, ActingCredential credential, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (id, userId) = (credential.Id, credential.UserId);
        var users = credential.Kind switch
        {
            ActorKind.Session => db.Sessions.Where(s => s.Id == id && s.UserId == userId && s.ExpiresAt > now).Select(s => s.User!),
            ActorKind.External => db.Identities.Where(i => i.Id == id && i.UserId == userId).Select(i => i.User!),
            _ => db.Tokens.Where(t => t.Id == id && t.UserId == userId && (t.ExpiresAt == null || t.ExpiresAt > now)).Select(t => t.User!),
        };
        var user = await users.Select(u => new { u.IsActive, u.Role, u.MustChangePassword }).SingleOrDefaultAsync(cancellationToken);
        return user is not { IsActive: true } ? WriteStatus.ActorGone
            : AccessRules.RoleInForce(user.Role, user.MustChangePassword) < credential.Role ? WriteStatus.ActorDemoted
            : null;
    }
}
