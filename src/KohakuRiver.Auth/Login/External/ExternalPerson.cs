namespace KohakuRiver.Auth;

/// <summary>Somebody as another authority knows them.</summary>
public sealed record ExternalPerson
{
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
