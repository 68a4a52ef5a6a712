namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Refusals only the panel knows.</summary>
internal static class PanelRefusals
{
    internal static Refusal NotAForm { get; } = new(RefusalKind.Invalid, "This page takes forms only.");

    internal static Refusal BadForm { get; } = new(
        RefusalKind.Invalid,
        "The form was not sent the way this page made it: it has fields that are unknown or come twice. Nothing was changed.");

    internal static Refusal StaleForm { get; } =
        new(RefusalKind.Invalid, "This form is out of date, or your browser sent no cookie with it. Nothing was changed. Open the page "
            + "again and repeat what you did.");

    internal static Refusal SentTwice { get; } =
        new(RefusalKind.Conflict, "This form was sent before, or is more than 45 minutes old. Nothing was made this time. What the "
            + "first sending made is in the list; its secret was shown once and cannot be shown again.");

    internal static Refusal Off { get; } = new(RefusalKind.Hidden, "Authentication is switched off on this host, so there is no panel.");
}
