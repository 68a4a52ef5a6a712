using System.Text;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// A text as a QR code according to ISO/IEC 18004, in bytes and with error correction level M: one part in seven may be unreadable where
/// it lies. Only what a link needs, and with no library behind it: those there are bring a drawing library for Windows along.
/// </summary>
internal static class QrCode
{
    private const int ByteMode = 0b0100;

    /// <summary>The modules of the smallest code for a text, with the mask that a camera reads best.</summary>
    /// <param name="text">At most 2331 bytes in UTF-8.</param>
    internal static QrGrid Of(string text)
    {
        var (version, codewords) = Encode(text);
        return Enumerable.Range(0, QrGrid.Masks).Select(mask => new QrGrid(version, codewords, mask)).MinBy(g => g.Penalty())!;
    }

    /// <summary>The same with a mask of the caller's choice, from 0 to 7. Each can be read.</summary>
    internal static QrGrid Of(string text, int mask)
    {
        var (version, codewords) = Encode(text);
        return new QrGrid(version, codewords, mask);
    }

    private static (QrVersion Version, byte[] Codewords) Encode(string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        var version = QrVersion.All.FirstOrDefault(v => content.Length <= v.LongestText)
            ?? throw new ArgumentException("The text is longer than any QR code can hold.", nameof(text));
        return (version, Interleave(version, Fill(version, content)));
    }

    // Mode, length, text, an end of up to four zeros, and padding.
    private static byte[] Fill(QrVersion version, byte[] content)
    {
        var bits = new List<bool>(version.DataLength * 8);
        Add(ByteMode, 4);
        Add(content.Length, version.LengthBits);
        foreach (var value in content)
        {
            Add(value, 8);
        }

        Add(0, Math.Min(4, (version.DataLength * 8) - bits.Count));
        Add(0, -bits.Count & 7);
        for (var padding = 0xEC; bits.Count < version.DataLength * 8; padding ^= 0xEC ^ 0x11)
        {
            Add(padding, 8);
        }

        return [.. bits.Chunk(8).Select(eight => (byte)eight.Aggregate(0, (value, bit) => (value << 1) | (bit ? 1 : 0)))];

        void Add(int value, int length)
        {
            for (var bit = length - 1; bit >= 0; bit--)
            {
                bits.Add(((value >> bit) & 1) == 1);
            }
        }
    }

    // The first bytes of all blocks, then the second ones, and so on; the same with the corrections after them.
    private static byte[] Interleave(QrVersion version, byte[] data)
    {
        var shortLength = data.Length / version.Blocks;
        var longFrom = version.Blocks - (data.Length % version.Blocks);
        var blocks = new List<byte[]>();
        for (int block = 0, start = 0; block < version.Blocks; block++)
        {
            var length = shortLength + (block >= longFrom ? 1 : 0);
            blocks.Add(data[start..(start + length)]);
            start += length;
        }

        var corrections = blocks.ConvertAll(block => ReedSolomon.Correction(block, version.CorrectionLength));
        return [.. Columns(blocks), .. Columns(corrections)];

        static IEnumerable<byte> Columns(List<byte[]> rows) =>
            from column in Enumerable.Range(0, rows.Max(r => r.Length))
            from row in rows
            where column < row.Length
            select row[column];
    }
}
