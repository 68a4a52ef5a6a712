using System.Globalization;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>A colour of the sRGB space, and how well it is read on another.</summary>
internal readonly record struct Rgb(byte R, byte G, byte B)
{
    internal static Rgb White { get; } = new(255, 255, 255);

    internal static Rgb Black { get; } = new(0, 0, 0);

    internal static bool TryParse(string? text, out Rgb color)
    {
        color = default;
        if (text is not ['#', _, _, _, _, _, _]
            || !int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        color = new Rgb((byte)(value >> 16), (byte)(value >> 8), (byte)value);
        return true;
    }

    /// <summary>The contrast to another colour, from 1 to 21 (WCAG 2.2, "contrast ratio").</summary>
    internal double ContrastTo(Rgb other)
    {
        var (mine, others) = (Luminance, other.Luminance);
        return (Math.Max(mine, others) + .05) / (Math.Min(mine, others) + .05);
    }

    /// <summary>The colour with a share of another, from 0 to 1.</summary>
    internal Rgb Mixed(Rgb other, double share) => new(Mix(R, other.R, share), Mix(G, other.G, share), Mix(B, other.B, share));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{R:x2}{G:x2}{B:x2}");

    // WCAG 2.2, "relative luminance".
    private double Luminance => (.2126 * Linear(R)) + (.7152 * Linear(G)) + (.0722 * Linear(B));

    private static double Linear(byte channel)
    {
        var value = channel / 255d;
        return value <= .04045 ? value / 12.92 : Math.Pow((value + .055) / 1.055, 2.4);
    }

    private static byte Mix(byte from, byte to, double share) => (byte)Math.Round(from + ((to - from) * share));
}
