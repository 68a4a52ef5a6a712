using System.Globalization;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Numbers as people read them.</summary>
internal static class Sizes
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

    /// <summary>Bytes with a unit; an en dash for none.</summary>
    internal static string Bytes(long? bytes)
    {
        if (bytes is not { } left)
        {
            return "–";
        }

        var value = (double)left;
        var unit = 0;
        while (value >= 1024 && unit < Units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {Units[unit]}");
    }

    internal static string Cores(int cores) => cores.ToString(CultureInfo.InvariantCulture);

    internal static string Gpus(IReadOnlyList<int> gpus) =>
        gpus.Count == 0 ? "–" : string.Join(", ", gpus.Select(g => g.ToString(CultureInfo.InvariantCulture)));
}
