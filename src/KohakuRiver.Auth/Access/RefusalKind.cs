namespace KohakuRiver.Auth;

/// <summary>The form of a refusal; each maps to one HTTP status.</summary>
public enum RefusalKind
{
    /// <summary>The request itself is wrong (400).</summary>
    Invalid = 0,

    /// <summary>Nobody known is asking (401).</summary>
    Unauthenticated = 1,

    /// <summary>The actor is known and may not (403).</summary>
    Forbidden = 2,

    /// <summary>It is absent, or its existence is none of the actor's business (404).</summary>
    Hidden = 3,

    /// <summary>The state of things does not allow it (409).</summary>
    Conflict = 4,

    /// <summary>Too many attempts (429); see <see cref="Refusal.RetryAfter"/>.</summary>
    Throttled = 5,

    /// <summary>No capacity at this moment (503); see <see cref="Refusal.RetryAfter"/>.</summary>
    Busy = 6,
}
