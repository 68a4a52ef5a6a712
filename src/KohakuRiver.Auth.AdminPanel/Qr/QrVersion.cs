namespace KohakuRiver.Auth.AdminPanel;

/// <summary>One of the forty sizes of QR codes, at error correction level M.</summary>
/// <param name="Number">From 1 to 40.</param>
/// <param name="CorrectionLength">How many bytes of correction a block has.</param>
/// <param name="Blocks">How many blocks there are.</param>
internal sealed record QrVersion(int Number, int CorrectionLength, int Blocks)
{
    // The columns of level M in the standard's table of error correction characteristics.
    private static readonly int[] CorrectionLengths =
    [
        10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
        26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
    ];

    private static readonly int[] BlockCounts =
    [
        1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16,
        17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
    ];

    internal static IReadOnlyList<QrVersion> All { get; } =
        [.. CorrectionLengths.Zip(BlockCounts, (length, blocks) =>
            (length, blocks)).Select((v, i) => new QrVersion(i + 1, v.length, v.blocks))];

    /// <summary>Modules on a side.</summary>
    internal int Size => 17 + (4 * Number);

    /// <summary>How many bits say how long the text is.</summary>
    internal int LengthBits => Number < 10 ? 8 : 16;

    /// <summary>How many bytes of data there is room for.</summary>
    internal int DataLength => (FreeModules / 8) - (Blocks * CorrectionLength);

    /// <summary>How many bytes a text may have.</summary>
    internal int LongestText => DataLength - ((4 + LengthBits + 7) / 8);

    /// <summary>Where the middles of the small squares are, in both directions.</summary>
    internal IReadOnlyList<int> Alignments
    {
        get
        {
            if (Number == 1)
            {
                return [];
            }

            // Evenly apart from the last one back, at even distances; the rest of the way is before the second one.
            var count = (Number / 7) + 2;
            var last = Size - 7;
            var step = Number == 32 ? 26 : 2 * (int)Math.Ceiling((last - 6) / (2.0 * (count - 1)));
            return [6, .. Enumerable.Range(0, count - 1).Select(i => last - ((count - 2 - i) * step))];
        }
    }

    // What the patterns, the format and the version leave over.
    private int FreeModules
    {
        get
        {
            var squares = Alignments.Count;
            var finders = 3 * 64;
            var timing = 2 * (Size - 16);
            var formats = 31;
            var versions = Number < 7 ? 0 : 36;
            var alignments = squares == 0 ? 0 : (((squares * squares) - 3) * 25) - (2 * (squares - 2) * 5);
            return (Size * Size) - finders - timing - formats - versions - alignments;
        }
    }
}
