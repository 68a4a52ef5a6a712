namespace KohakuRiver.Auth;

/// <summary>As many hashes wait as may wait. Callers answer 503 and say when to try again.</summary>
public sealed class HashingQueueFullException : Exception
{
    /// <summary>Makes the exception.</summary>
    public HashingQueueFullException()
        : base("Too many passwords wait to be hashed.")
    {
    }

    /// <summary>When trying again makes sense.</summary>
    public static TimeSpan RetryAfter { get; } = TimeSpan.FromSeconds(1);
}
