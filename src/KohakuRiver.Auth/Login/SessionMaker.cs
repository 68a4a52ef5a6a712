using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth;

/// <summary>Prepares the session of a login or a registration.</summary>
internal sealed class SessionMaker(ISettingsService settings, IOptions<KohakuAuthOptions> options)
{
    internal async ValueTask<(NewSession Session, SecretText Secret)> PrepareAsync(
        ClientInfo client, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var lifetime = (await settings.GetEffectiveAsync(cancellationToken)).SessionLifetime;
        var secret = SecretGenerator.Create(SecretKind.Session);
        return (new NewSession
        {
            Hash = secret.Hash(),
            CreatedAt = now,
            ExpiresAt = now + lifetime,
            IpAddress = client.Address,
            UserAgent = client.UserAgent,
            Replaces = SecretText.TryParse(SecretKind.Session, client.SessionToReplace, out var old) ? old.Hash() : null,
            Limit = options.Value.Limits.SessionsPerUser,
        }, secret);
    }
}
