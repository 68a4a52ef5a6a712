namespace KohakuRiver.Auth.Import;

/// <summary>The file to import from cannot be read, or is not a KohakuRiver database. The message is for the operator.</summary>
public sealed class ImportSourceException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ImportSourceException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
