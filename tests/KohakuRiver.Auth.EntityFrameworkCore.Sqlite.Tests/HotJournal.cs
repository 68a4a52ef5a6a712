using System.Buffers.Binary;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Tests;

/// <summary>
/// A commit that a crash cut off, made by hand: the first page of the file is the new one, and the journal beside it (SQLite file format,
/// section 3) still holds the old one. Whoever reads the file next has to put it back.
/// </summary>
internal static class HotJournal
{
    private const int Counter = 24;
    private const int ValidFor = 92;
    private const int Sector = 512;

    public static string PathOf(string database) => database + "-journal";

    /// <summary>Leaves a file as a process does that dies between writing and its end; gives the counter the file shows then.</summary>
    public static uint Plant(string database)
    {
        using var file = new FileStream(database, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var start = new byte[100];
        file.ReadExactly(start);
        int pageSize = BinaryPrimitives.ReadUInt16BigEndian(start.AsSpan(16));
        var page = new byte[pageSize];
        file.Position = 0;
        file.ReadExactly(page);

        File.WriteAllBytes(PathOf(database), Journal(page, (uint)(file.Length / pageSize)));

        var counter = BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(Counter)) + 1;
        BinaryPrimitives.WriteUInt32BigEndian(page.AsSpan(Counter), counter);
        BinaryPrimitives.WriteUInt32BigEndian(page.AsSpan(ValidFor), counter);
        file.Position = 0;
        file.Write(page);
        file.Flush(flushToDisk: true);
        return counter;
    }

    public static uint ReadCounter(string database)
    {
        using var file = new FileStream(database, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var start = new byte[100];
        file.ReadExactly(start);
        return BinaryPrimitives.ReadUInt32BigEndian(start.AsSpan(Counter));
    }

    private static byte[] Journal(byte[] page, uint pages)
    {
        const uint Nonce = 4711;
        var journal = new byte[Sector + 4 + page.Length + 4];
        Convert.FromHexString("D9D505F920A163D7").CopyTo(journal, 0);
        uint[] header = [1, Nonce, pages, Sector, (uint)page.Length];
        for (var i = 0; i < header.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(journal.AsSpan(8 + (4 * i)), header[i]);
        }

        var sum = Nonce;
        for (var i = page.Length - 200; i > 0; i -= 200)
        {
            sum += page[i];
        }

        BinaryPrimitives.WriteUInt32BigEndian(journal.AsSpan(Sector), 1);
        page.CopyTo(journal, Sector + 4);
        BinaryPrimitives.WriteUInt32BigEndian(journal.AsSpan(Sector + 4 + page.Length), sum);
        return journal;
    }
}
