using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth;

/// <summary>The first start: whether the first admin has yet to be created, and the one-time code for it.</summary>
internal sealed class SetupService(IUserStore users, ICodeStore codes, IOptions<KohakuAuthOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    // The last admin is never removed, so a "no" is remembered for good.
    private volatile bool adminSeen;

    /// <summary>True while no user is an admin.</summary>
    public async ValueTask<bool> IsRequiredAsync(CancellationToken cancellationToken = default)
    {
        if (adminSeen || !options.Value.Enabled)
        {
            return false;
        }

        adminSeen = await users.AnyAdminAsync(cancellationToken);
        return !adminSeen;
    }

    /// <summary>
    /// Creates a new setup code (24 hours, one use) in place of the last one; null when an admin already exists, a register
    /// secret is configured, or authentication is off. Called at each start; the plain text appears here once.
    /// </summary>
    public async Task<SecretText?> RenewCodeAsync(CancellationToken cancellationToken = default)
    {
        if (!string.IsNullOrEmpty(options.Value.AdminRegisterSecret) || !await IsRequiredAsync(cancellationToken))
        {
            return null;
        }

        var now = clock.GetInstant();
        var secret = SecretGenerator.Create(SecretKind.Setup);
        var code = new OneUseCode { Hash = secret.Hash(), Purpose = CodePurpose.Setup, ExpiresAt = now + Lifetime };
        var entry = AuditEntries.By(Actor.Host, now, AuditActions.SetupCodeCreate);
        return await codes.TryReplaceAsync(code, AuthorizedWrite.WithoutCredential(entry), cancellationToken) == WriteStatus.Done
            ? secret
            : null;
    }
}
