namespace KohakuRiver.Auth;

/// <summary>How a password login ended.</summary>
internal enum LoginOutcome
{
    Success,
    Invalid,
    BadCredentials,
    Locked,
    Disabled,
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
}

/// <summary>Whether what was kept sufficed; none where nothing was looked for.</summary>
internal enum CacheOutcome
{
    None,
    Hit,
    Miss,
}

/// <summary>What a hashing thread did.</summary>
internal enum HashOperation
{
    Verify,
    Hash,
}

/// <summary>How a try to hand a decision over ended.</summary>
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
