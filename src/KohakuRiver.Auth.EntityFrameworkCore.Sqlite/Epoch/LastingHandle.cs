using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite;

/// <summary>
/// Handles that are never closed while the process lives, not even by the garbage collector. POSIX drops all locks a process holds on a
/// file as soon as the process closes any of its descriptors of it: on the database file those of other connections' transactions, on
/// the wal-index the one by which SQLite tells other processes that it is in use.
/// </summary>
internal static class LastingHandle
{
    private static readonly ConcurrentBag<SafeFileHandle> KeptOpen = [];

    /// <summary>Opens a file for reading, for the life of the process.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not open the file.</exception>
    public static SafeFileHandle Open(string path)
    {
        var opened = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        KeptOpen.Add(opened);
        return opened;
    }
}
