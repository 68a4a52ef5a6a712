using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.Testing;

/// <summary>The credentials that this host has created for acting clients, one per key.</summary>
internal sealed class ActCredentials(
    TestAccounts accounts,
    IAccountStore logins,
    IUserStore users,
    ITokenStore tokens,
    ISettingsService settings,
    IOptions<KohakuAuthOptions> options,
    TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private readonly Dictionary<string, string> made = new(StringComparer.Ordinal);

    /// <summary>The credential as sent. It is created once: it is not renewed when it ends.</summary>
    /// <exception cref="InvalidOperationException">The host cannot have such a caller.</exception>
    public async Task<string> GetAsync(string key, ActIdentity identity, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (!made.TryGetValue(key, out var credential))
            {
                credential = await MakeAsync(identity, cancellationToken);
                made[key] = credential;
            }

            return credential;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private async Task<string> MakeAsync(ActIdentity identity, CancellationToken cancellationToken)
    {
        if (identity.Kind == ActorKind.MasterSecret)
        {
            return string.IsNullOrEmpty(options.Value.AdminSecret)
                ? throw new InvalidOperationException("Nobody can act with the master secret: the host has none (KohakuAuth:AdminSecret).")
                : options.Value.AdminSecret;
        }

        var user = await accounts.EnsureAsync(identity, password: null, cancellationToken);
        return identity.Kind == ActorKind.Session
            ? await LogInAsync(user, identity, cancellationToken)
            : await MakeTokenAsync(user, identity, cancellationToken);
    }

    private async Task<string> LogInAsync(User user, ActIdentity identity, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        var secret = SecretGenerator.Create(SecretKind.Session);
        var session = new NewSession
        {
            Hash = secret.Hash(),
            CreatedAt = now,
            ExpiresAt = identity.ExpiresAt ?? now + (await settings.GetEffectiveAsync(cancellationToken)).SessionLifetime,
            Limit = int.MaxValue,
        };
        var stored = await users.FindPasswordAsync(user.Id, cancellationToken);
        var login = await logins.TryLogInAsync(user.Id, stored?.PasswordHash ?? "", session, TestAccounts.Write(now), cancellationToken);
        return login.IsDone ? secret.Reveal() : throw NoCredential(user);
    }

    private async Task<string> MakeTokenAsync(User user, ActIdentity identity, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        var secret = SecretGenerator.Create(SecretKind.ApiToken);
        var token = new NewToken
        {
            UserId = user.Id,
            Hash = secret.Hash(),
            Prefix = secret.Prefix,
            Name = "test",
            CreatedAt = now,
            ExpiresAt = identity.ExpiresAt,
            Limit = int.MaxValue,
        };
        return (await tokens.TryCreateAsync(token, TestAccounts.Write(now), cancellationToken)).IsDone
            ? secret.Reveal()
            : throw NoCredential(user);
    }

    private static InvalidOperationException NoCredential(User user) =>
        new($"Nobody can act as {user.Username}: the account is disabled, or gone.");
}
