using Microsoft.Win32.SafeHandles;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite;

/// <summary>
/// The header of the wal-index (SQLite's WAL-mode file format, section 2.1), which is in the <c>-shm</c> file next to the database: in
/// write-ahead mode every commit, by whatever process, has written a new one before it is acknowledged. Reading it costs one system call
/// and no lock.
/// </summary>
/// <remarks>
/// <para>SQLite's own connections compare these 48 bytes to know whether their cache is still valid, and <c>PRAGMA data_version</c> reports
/// the result; so equal bytes promise the same. A commit raises the number of frames and of changes. A checkpoint alone leaves the
/// header as it is; where the log starts again from its beginning, emptied or not, it takes new salts. A header that a killed process left
/// half written is rebuilt from the log.</para>
/// <para>A reader of the file sees what others wrote to their mapping of it, except on Windows, which does not promise that.</para>
/// <para>There are two copies, the second of which is written first: where they differ, a process is writing, or died while writing.</para>
/// </remarks>
internal sealed class WalIndex
{
    /// <summary>The length of one copy.</summary>
    public const int HeaderLength = 48;

    private const int Copies = 2 * HeaderLength;
    private const uint Version = 3007000;

    private readonly SafeFileHandle handle;

    private WalIndex(SafeFileHandle handle) => this.handle = handle;

    /// <summary>
    /// Opens the wal-index of a database file, for the life of the process (<see cref="LastingHandle"/>); null where it is not available.
    /// The caller holds a connection that is in write-ahead mode, and does not use this once that is closed: the last connection of a file
    /// removes its wal-index, and this would continue to show the removed one.
    /// </summary>
    public static WalIndex? TryOpen(string database)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        try
        {
            return new WalIndex(LastingHandle.Open(database + "-shm"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The header as it is now; null where it has another version, is cut short, or is constantly being written.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public byte[]? Read()
    {
        Span<byte> bytes = stackalloc byte[Copies];
        return TryRead(bytes) ? bytes[..HeaderLength].ToArray() : null;
    }

    /// <summary>Whether the header is unchanged.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public bool Shows(ReadOnlySpan<byte> header)
    {
        Span<byte> bytes = stackalloc byte[Copies];
        return TryRead(bytes) && header.SequenceEqual(bytes[..HeaderLength]);
    }

    // A second read is enough: a writer has finished by then, and a dead one's header stays until SQLite has repaired it.
    private bool TryRead(Span<byte> bytes)
    {
        for (var looks = 0; looks < 2; looks++)
        {
            if (RandomAccess.Read(handle, bytes, fileOffset: 0) != Copies)
            {
                return false;
            }

            if (bytes[..HeaderLength].SequenceEqual(bytes[HeaderLength..]))
            {
                // In the machine's own byte order, unlike everything else SQLite writes.
                return BitConverter.ToUInt32(bytes) == Version;
            }
        }

        return false;
    }
}
