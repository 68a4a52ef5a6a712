namespace KohakuRiver.Auth;

/// <summary>
/// The database does not answer, is read-only or full. Callers answer 503; nobody may be let in or turned away
/// because of it.
/// </summary>
public sealed class StoreUnavailableException : Exception
{
    /// <summary>Makes the exception with a general message.</summary>
    public StoreUnavailableException()
        : this("The database is not available.")
    {
    }

    /// <summary>Makes the exception.</summary>
    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception around the provider's own.</summary>
    public StoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
