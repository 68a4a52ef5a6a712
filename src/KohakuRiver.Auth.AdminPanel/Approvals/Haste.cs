using System.Globalization;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// Keeps a click that was meant for the page before from deciding about what the new page shows at the same spot. Where there is a script
/// it sees to that in the browser already.
/// </summary>
internal static class Haste
{
    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(700);

    /// <summary>When this page is made, as its forms send it along.</summary>
    internal static string Now(PanelContext panel) =>
        Instants.ToMicroseconds(panel.Clock.GetInstant()).ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether a form comes sooner after its page than anybody can have read it. A form that does not say when is in no
    /// haste.</summary>
    internal static bool IsTooEarly(PanelContext panel, string? shownAt)
    {
        if (!long.TryParse(shownAt, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
            || !Instants.TryFromMicroseconds(microseconds, out var at))
        {
            return false;
        }

        var shown = panel.Clock.GetInstant() - at;
        return shown >= TimeSpan.Zero && shown < Calm;
    }
}
