using KohakuRiver.Auth;
using KohakuRiver.Auth.Stores;

namespace SqlStore;

// <snippet:acting>
/// <summary>
/// Whether the credential that authorizes a write still holds; checked inside the transaction of the write, before anything else.
/// </summary>
internal static class Acting
{
    private static readonly SqlText Sessions = new("sessions");
    private static readonly SqlText Tokens = new("tokens");
    private static readonly SqlText Identities = new("(SELECT id, user_id, NULL AS expires_at FROM identities)");

    /// <summary>The status the write is lost with; null where the credential holds, or there is none.</summary>
    public static async Task<WriteStatus?> JudgeAsync(SqlWork work, AuthorizedWrite write)
    {
        if (write.Credential is not { } credential)
        {
            return null;
        }

        var table = credential.Kind switch
        {
            ActorKind.Session => Sessions,
            ActorKind.External => Identities,
            _ => Tokens,
        };

        // The role of the credential's user, if it is theirs and not expired and the user is active; none before a password is changed.
        var role = await work.NumberAsync($"""
            SELECT CASE u.must_change_password WHEN 1 THEN {Role.Anony} ELSE u.role END
            FROM {table} c JOIN users u ON u.id = c.user_id
            WHERE c.id = {credential.Id} AND u.id = {credential.UserId} AND u.is_active = 1
              AND (c.expires_at IS NULL OR c.expires_at > {write.Audit.At})
            """);
        return role is null ? WriteStatus.ActorGone
            : role < (int)credential.Role ? WriteStatus.ActorDemoted
            : null;
    }
}
// </snippet:acting>
