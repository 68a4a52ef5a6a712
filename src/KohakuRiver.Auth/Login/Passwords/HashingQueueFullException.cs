namespace KohakuRiver.Auth;

/// <summary>The hashing queue is full. Callers respond with 503 and say when to try again.</summary>
public sealed class HashingQueueFullException : Exception
{
    /// <summary>Creates the exception.</summary>
    public HashingQueueFullException()
        : base("Too many passwords are waiting to be hashed.")
    {
    }

    /// <summary>When trying again makes sense.</summary>
    public static TimeSpan RetryAfter { get; } = TimeSpan.FromSeconds(1);
}
