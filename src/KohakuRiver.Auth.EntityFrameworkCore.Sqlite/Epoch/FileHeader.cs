using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite;

/// <summary>
/// The file change counter of a database file (SQLite file format, section 1.3.7): with a rollback journal every commit,
/// by whatever process, has written a new one before it is acknowledged. Reading it costs one system call and no lock.
/// </summary>
internal sealed class FileHeader
{
    private const int Offset = 18;
    private const int Length = 10;
    private const byte Rollback = 1;

    private readonly SafeFileHandle handle;

    private FileHeader(SafeFileHandle handle) => this.handle = handle;

    /// <summary>Opens the file for the life of the process.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static FileHeader Open(string path) => new(LastingHandle.Open(path));

    /// <summary>The counter; null where commits do not change it (write-ahead log) or the file has no header.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public uint? Read()
    {
        // Versions of the format for writing and reading at 18 and 19, counter at 24 (big-endian).
        Span<byte> bytes = stackalloc byte[Length];
        return RandomAccess.Read(handle, bytes, Offset) == Length && bytes[0] == Rollback && bytes[1] == Rollback
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes[6..])
            : null;
    }
}
