namespace KohakuRiver.Auth;

/// <summary>
/// The database is unavailable, read-only or full. Callers respond with 503; nobody may be let in or turned away
/// because of it.
/// </summary>
public sealed class StoreUnavailableException : Exception
{
    /// <summary>Creates the exception with a general message.</summary>
    public StoreUnavailableException()
        : this("The database is not available.")
    {
    }

    /// <summary>Creates the exception.</summary>
    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception around the provider's own.</summary>
    public StoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
