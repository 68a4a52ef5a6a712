namespace KohakuRiver.Auth;

/// <summary>How an audited attempt ended.</summary>
public enum AuditOutcome
{
    /// <summary>It succeeded.</summary>
    Success = 0,

    /// <summary>The rules refused it.</summary>
    Refused = 1,

    /// <summary>It failed: wrong password, unknown code, and the like.</summary>
    Failure = 2,
}
