using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <summary>Decides whether a resolved credential is valid. Pure: the time is an argument.</summary>
internal static class CredentialRules
{
    /// <summary>
    /// Whether the credential is valid at <paramref name="now"/>. Anything with an expiry is invalid at
    /// <c>now &gt;= expires_at</c>.
    /// </summary>
    /// <param name="record">The result of the look-up.</param>
    /// <param name="now">The current time, UTC.</param>
    /// <param name="idleTimeout">How long a session may be idle; zero = forever. Tokens have none.</param>
    public static CredentialState Check(CredentialRecord record, DateTimeOffset now, TimeSpan idleTimeout)
    {
        if (!record.User.IsActive)
        {
            return CredentialState.OwnerDisabled;
        }

        if (record.Session is { } session)
        {
            if (now >= session.ExpiresAt)
            {
                return CredentialState.Expired;
            }

            return idleTimeout > TimeSpan.Zero && now >= session.LastSeenAt + idleTimeout
                ? CredentialState.Idle
                : CredentialState.Good;
        }

        return record.Token is { ExpiresAt: { } expiry } && now >= expiry ? CredentialState.Expired : CredentialState.Good;
    }

    /// <summary>The actor of a valid credential.</summary>
    /// <param name="record">A record that <see cref="Check"/> found valid.</param>
    /// <param name="address">The network address of the request.</param>
    public static Actor ToActor(CredentialRecord record, string? address) => new()
    {
        Id = record.User.Id,
        Username = record.User.Username,
        Role = record.User.RoleInForce,
        Kind = record.Session is not null ? ActorKind.Session : record.Token is not null ? ActorKind.Token : ActorKind.External,
        CredentialId = record.Session?.Id ?? record.Token?.Id ?? record.Identity?.Id,
        Language = record.User.Language,
        MustChangePassword = record.User.MustChangePassword,
        CredentialExpiresAt = record.Session?.ExpiresAt ?? record.Token?.ExpiresAt,
        GroupIds = record.GroupIds,
        Address = address,
    };
}
