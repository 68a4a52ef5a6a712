using System.Globalization;

namespace KohakuRiver.Cli;

/// <summary>Amounts of memory as typed: <c>512M</c>, <c>4G</c>, <c>1.5T</c>, <c>4GiB</c>; powers of 1024.</summary>
internal static class ByteSizes
{
    private const long LargestInteger = 9_007_199_254_740_991;

    /// <summary>In bytes; null for null. Throws a usage error for an invalid amount.</summary>
    internal static long? Parse(string? text, string option)
    {
        if (text is null)
        {
            return null;
        }

        var number = text.TrimEnd('b', 'B', 'i', 'I');
        var shift = number.Length == 0 ? -1 : char.ToUpperInvariant(number[^1]) switch
        {
            'K' => 10,
            'M' => 20,
            'G' => 30,
            'T' => 40,
            >= '0' and <= '9' => 0,
            _ => -1,
        };
        var digits = shift > 0 ? number[..^1] : number;
        return shift >= 0 && decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            && count > 0
                && count <= LargestInteger
                && count * (1L << shift) is var bytes
                && bytes <= LargestInteger
                && decimal.Truncate(bytes) >= 1
            ? (long)bytes
            : throw CliException.Usage($"{option} takes an amount like 512M, 4G or 1.5T; not '{text}'.");
    }
}
