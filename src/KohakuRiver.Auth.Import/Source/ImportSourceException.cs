namespace KohakuRiver.Auth.Import;

/// <summary>
/// The file to import from cannot be read, is not a KohakuRiver database, or does not have what the options name. The message is for the
/// operator.
/// </summary>
public sealed class ImportSourceException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ImportSourceException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
