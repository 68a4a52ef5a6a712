namespace KohakuRiver.Auth;

/// <summary>Somebody as another authority knows them.</summary>
public sealed record ExternalPerson
{
    /// <summary>Somebody whom an authentication scheme of the host knows: provider and issuer are <c>scheme:NAME</c>.</summary>
    /// <param name="scheme">The scheme's name.</param>
    /// <param name="subject">The user's id in the host.</param>
    /// <param name="loginName">The name they log in with; null for none.</param>
    /// <param name="displayName">The name for people; null for none.</param>
    public static ExternalPerson OfScheme(string scheme, string subject, string? loginName = null, string? displayName = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(scheme);
        ArgumentNullException.ThrowIfNull(subject);
        var provider = ProviderOf(scheme);
        return new ExternalPerson
        {
            Provider = provider,
            Key = new IdentityKey(provider, subject),
            LoginName = loginName,
            DisplayName = displayName,
        };
    }

    /// <summary>The provider of an authentication scheme of the host: <c>scheme:NAME</c>.</summary>
    public static string ProviderOf(string scheme) => "scheme:" + scheme;

    /// <summary>Which of the host's sign-ins this is: <c>scheme:NAME</c> for one of its authentication schemes.</summary>
    public required string Provider { get; init; }

    /// <summary>Who they are: all that an account is ever found by.</summary>
    public required IdentityKey Key { get; init; }

    /// <summary>
    /// The name they log in with there, shown beside the identity; a new account's username is made from it. Null or empty: none.
    /// </summary>
    public string? LoginName { get; init; }

    /// <summary>The name for people, for a new account. Null or empty: the username.</summary>
    public string? DisplayName { get; init; }
}
