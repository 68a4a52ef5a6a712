namespace KohakuRiver.Auth;

/// <summary>What sort of refusal it is.</summary>
public enum RefusalKind
{
    /// <summary>The request itself is wrong.</summary>
    Invalid = 0,

    /// <summary>The caller is not known.</summary>
    Unauthenticated = 1,

    /// <summary>The actor is known but not allowed.</summary>
    Forbidden = 2,

    /// <summary>It does not exist, or the actor may not know that it does.</summary>
    Hidden = 3,

    /// <summary>The current state does not allow it.</summary>
    Conflict = 4,

    /// <summary>Too many attempts; see <see cref="Refusal.RetryAfter"/>.</summary>
    Throttled = 5,

    /// <summary>No capacity right now; see <see cref="Refusal.RetryAfter"/>.</summary>
    Busy = 6,
}
