namespace KohakuRiver.Auth;

/// <summary>How a password login ended.</summary>
internal enum LoginOutcome
{
    Success,
    Invalid,
    BadCredentials,
    Locked,
    Disabled,
    Renamed,
    Throttled,
    QueueFull,
    Off,
    Error,
}

/// <summary>How a registration ended.</summary>
internal enum RegistrationOutcome
{
    Success,
    Invalid,
    Forbidden,
    Conflict,
    Throttled,
    Busy,
    Error,
}

/// <summary>How the check of a credential ended.</summary>
internal enum AuthenticationOutcome
{
    Success,
    Rejected,
    Throttled,
    Error,
}

/// <summary>What was checked.</summary>
internal enum CredentialTag
{
    Session,
    Token,
    MasterSecret,
    Identity,
}

/// <summary>Whether the cache had the credential; none where nothing was looked up.</summary>
internal enum CacheOutcome
{
    None,
    Hit,
    Miss,
}

/// <summary>The operation of a hashing thread.</summary>
internal enum HashOperation
{
    Verify,
    Hash,
}

/// <summary>How an attempt to deliver a decision ended.</summary>
internal enum DeliveryOutcome
{
    Success,
    Failure,
    Timeout,
}

/// <summary>Why an audit entry was not written.</summary>
internal enum UnwrittenReason
{
    RateLimited,
    Error,
}
