using System.Data.Common;

namespace KohakuRiver.SampleHost;

/// <summary>Connection strings of any engine, taken apart.</summary>
internal static class ConnectionParts
{
    /// <summary>The parts, their keys in lower case; null when it is not of the form key=value and therefore a path or a URL.</summary>
    public static DbConnectionStringBuilder? Of(string given)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = given };
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
