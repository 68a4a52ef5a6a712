using System.Text;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>What stands for a person in a small circle: letters and a colour, both from the name alone.</summary>
internal static class PersonMark
{
    /// <summary>How many colours the stylesheet has.</summary>
    internal const int Tints = 6;

    /// <summary>
    /// The first letters of the first and the last word of a name, in capitals; an en dash where it has neither letters nor digits. Holds
    /// nothing that cannot be seen.
    /// </summary>
    internal static string InitialsOf(string? name)
    {
        var beginnings = new List<Rune>();
        var isInside = false;
        foreach (var rune in (name ?? "").EnumerateRunes())
        {
            var isPart = Rune.IsLetterOrDigit(rune) && VisibleText.Show(rune.ToString()) == rune.ToString();
            if (isPart && !isInside)
            {
                beginnings.Add(Rune.ToUpperInvariant(rune));
            }

            isInside = isPart;
        }

        return beginnings switch
        {
            [] => "–",
            [var only] => only.ToString(),
            [var first, .., var last] => $"{first}{last}",
        };
    }

    /// <summary>A colour of the stylesheet, from 0; the same for the same name in every process.</summary>
    internal static int TintOf(string? name) => (name ?? "").Aggregate(7, (sum, letter) => ((sum * 31) + letter) & 0xFFFF) % Tints;
}
