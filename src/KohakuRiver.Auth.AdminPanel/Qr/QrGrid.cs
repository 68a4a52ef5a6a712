using System.Numerics;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The modules of a QR code, without the quiet zone around it.</summary>
internal sealed class QrGrid
{
    /// <summary>How many masks there are.</summary>
    internal const int Masks = 8;

    private static readonly bool[] LikeAFinder = [true, false, true, true, true, false, true, false, false, false, false];

    private readonly bool[,] dark;
    private readonly bool[,] isFixed;

    internal QrGrid(QrVersion version, byte[] codewords, int mask)
    {
        Size = version.Size;
        dark = new bool[Size, Size];
        isFixed = new bool[Size, Size];
        DrawTiming();
        DrawFinder(3, 3);
        DrawFinder(3, Size - 4);
        DrawFinder(Size - 4, 3);
        DrawAlignments(version.Alignments);
        DrawFormat(mask);
        DrawVersion(version.Number);
        DrawData(codewords, mask);
    }

    /// <summary>Modules on a side.</summary>
    internal int Size { get; }

    /// <summary>Whether a module is dark; those outside are light.</summary>
    internal bool this[int row, int column] =>
        row >= 0 && column >= 0 && row < Size && column < Size && dark[row, column];

    /// <summary>How hard it is for a camera to read, in the standard's points.</summary>
    internal int Penalty()
    {
        var points = 0;
        for (var i = 0; i < Size; i++)
        {
            points += LinePenalty([.. Enumerable.Range(0, Size).Select(j => dark[i, j])]);
            points += LinePenalty([.. Enumerable.Range(0, Size).Select(j => dark[j, i])]);
        }

        var darkCount = 0;
        for (var row = 0; row < Size; row++)
        {
            for (var column = 0; column < Size; column++)
            {
                darkCount += dark[row, column] ? 1 : 0;
                if (row > 0 && column > 0 && dark[row, column] == dark[row - 1, column]
                    && dark[row, column] == dark[row, column - 1] && dark[row, column] == dark[row - 1, column - 1])
                {
                    points += 3;
                }
            }
        }

        // Ten points for every twentieth away from one half.
        return points + (10 * (Math.Abs((20 * darkCount) - (10 * Size * Size)) / (Size * Size)));
    }

    private static int LinePenalty(bool[] line)
    {
        var points = 0;
        for (int i = 1, run = 1; i <= line.Length; i++)
        {
            if (i < line.Length && line[i] == line[i - 1])
            {
                run++;
                continue;
            }

            points += run < 5 ? 0 : run - 2;
            run = 1;
        }

        for (var start = 0; start + LikeAFinder.Length <= line.Length; start++)
        {
            var part = line.AsSpan(start, LikeAFinder.Length);
            var backwards = part.ToArray();
            backwards.AsSpan().Reverse();
            points += part.SequenceEqual(LikeAFinder) || backwards.AsSpan().SequenceEqual(LikeAFinder) ? 40 : 0;
        }

        return points;
    }

    private void Fix(int row, int column, bool isDark)
    {
        if (row >= 0 && column >= 0 && row < Size && column < Size)
        {
            dark[row, column] = isDark;
            isFixed[row, column] = true;
        }
    }

    private void DrawTiming()
    {
        for (var i = 0; i < Size; i++)
        {
            Fix(6, i, i % 2 == 0);
            Fix(i, 6, i % 2 == 0);
        }
    }

    // Squares within each other: dark but for the second and, around it all, the fourth.
    private void DrawFinder(int row, int column) => DrawSquares(row, column, 4, distance => distance is not (2 or 4));

    private void DrawAlignments(IReadOnlyList<int> middles)
    {
        foreach (var (row, column) in from row in middles from column in middles select (row, column))
        {
            // Three of the corners have the large squares.
            if (!((row == 6 && (column == 6 || column == middles[^1])) || (row == middles[^1] && column == 6)))
            {
                DrawSquares(row, column, 2, distance => distance != 1);
            }
        }
    }

    private void DrawSquares(int row, int column, int reach, Func<int, bool> isDark)
    {
        for (var down = -reach; down <= reach; down++)
        {
            for (var right = -reach; right <= reach; right++)
            {
                Fix(row + down, column + right, isDark(Math.Max(Math.Abs(down), Math.Abs(right))));
            }
        }
    }

    // Twice: around the first large square, and shared out between the other two.
    private void DrawFormat(int mask)
    {
        // Level M is 0; the last number keeps the format from being all light.
        var bits = WithCheck(mask, 10, 0b101_0011_0111) ^ 0b101_0100_0001_0010;
        for (var i = 0; i < 15; i++)
        {
            var isDark = ((bits >> i) & 1) == 1;
            var (row, column) = i switch { < 6 => (i, 8), 6 => (7, 8), 7 => (8, 8), 8 => (8, 7), _ => (8, 14 - i) };
            Fix(row, column, isDark);
            (row, column) = i < 8 ? (8, Size - 1 - i) : (Size - 15 + i, 8);
            Fix(row, column, isDark);
        }

        Fix(Size - 8, 8, isDark: true);
    }

    private void DrawVersion(int number)
    {
        if (number < 7)
        {
            return;
        }

        var bits = WithCheck(number, 12, 0b1_1111_0010_0101);
        for (var i = 0; i < 18; i++)
        {
            var isDark = ((bits >> i) & 1) == 1;
            Fix(i / 3, Size - 11 + (i % 3), isDark);
            Fix(Size - 11 + (i % 3), i / 3, isDark);
        }
    }

    // Two columns at a time from the right, up and down by turns, past the column of the timing.
    private void DrawData(byte[] codewords, int mask)
    {
        var next = 0;
        var upwards = true;
        for (var right = Size - 1; right > 0; right -= right == 8 ? 3 : 2, upwards = !upwards)
        {
            for (var step = 0; step < Size; step++)
            {
                var row = upwards ? Size - 1 - step : step;
                for (var column = right; column > right - 2; column--)
                {
                    if (isFixed[row, column])
                    {
                        continue;
                    }

                    // The few modules that are left over are light.
                    var bit = next < codewords.Length * 8 && ((codewords[next / 8] >> (7 - (next % 8))) & 1) == 1;
                    dark[row, column] = bit ^ IsMasked(mask, row, column);
                    next++;
                }
            }
        }
    }

    private static bool IsMasked(int mask, int row, int column) => mask switch
    {
        0 => (row + column) % 2,
        1 => row % 2,
        2 => column % 3,
        3 => (row + column) % 3,
        4 => ((row / 2) + (column / 3)) % 2,
        5 => (row * column % 2) + (row * column % 3),
        6 => ((row * column % 2) + (row * column % 3)) % 2,
        _ => (((row + column) % 2) + (row * column % 3)) % 2,
    } == 0;

    // A number followed by the rest of its division, by which a reader notices faults.
    private static int WithCheck(int number, int length, int divisor)
    {
        var rest = number << length;
        for (var excess = Excess(); excess >= 0; excess = Excess())
        {
            rest ^= divisor << excess;
        }

        return (number << length) | rest;

        int Excess() => rest == 0 ? -1 : BitOperations.Log2((uint)rest) - length;
    }
}
