namespace KohakuRiver.Auth;

/// <summary>What sort of refusal it is.</summary>
public enum RefusalKind
{
    /// <summary>The request itself is wrong.</summary>
    Invalid = 0,

    /// <summary>Nobody known is asking.</summary>
    Unauthenticated = 1,

    /// <summary>The actor is known and may not.</summary>
    Forbidden = 2,

    /// <summary>It is absent, or its existence is none of the actor's business.</summary>
    Hidden = 3,

    /// <summary>The state of things does not allow it.</summary>
    Conflict = 4,

    /// <summary>Too many attempts; see <see cref="Refusal.RetryAfter"/>.</summary>
    Throttled = 5,

    /// <summary>No capacity at this moment; see <see cref="Refusal.RetryAfter"/>.</summary>
    Busy = 6,
}
