namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Refusals only the panel knows.</summary>
internal static class PanelRefusals
{
    internal static Refusal NotAForm { get; } = new(RefusalKind.Invalid, "This page accepts forms only.");

    internal static Refusal BadForm { get; } = new(
        RefusalKind.Invalid,
        "The form contained unexpected or repeated fields. Nothing was changed.");

    internal static Refusal StaleForm { get; } =
        new(RefusalKind.Invalid, "This form has expired, or your browser did not send its cookie. Nothing was changed. "
            + "Reload the page and try again.");

    internal static Refusal FormAgain { get; } = new(
        RefusalKind.Invalid,
        "You have logged in again since this page was opened, so nothing was changed. Check what you entered and press the button again; "
            + "passwords have to be typed again.");

    internal static Refusal SessionHadEnded { get; } = new(
        RefusalKind.Invalid,
        "Your session had ended, so nothing was changed. Check what you entered and press the button again; passwords have to be typed "
            + "again.");

    internal static Refusal OpenTooLong { get; } = new(
        RefusalKind.Invalid,
        "This page was open for a long time, so the form was not carried out. Check that you have not submitted it already, and press the "
            + "button again.");

    internal static Refusal SentTwice { get; } =
        new(RefusalKind.Conflict, "This form was already submitted or has expired. Nothing new was created; check the list. "
            + "A secret is shown only once.");

    /// <summary>What stands for <see cref="Refusals.Hidden"/>, whose own words say no more than the heading of its page.</summary>
    internal static Refusal NoSuchPage { get; } = new(RefusalKind.Hidden, "This page does not exist, or you may not see it.");

    internal static Refusal Unreadable { get; } = new(RefusalKind.Invalid, "The request could not be read.");

    internal static Refusal Fault { get; } = new(RefusalKind.Busy, "Something went wrong. The details are in the host's log.");

    internal static Refusal Off { get; } = new(RefusalKind.Hidden, "Authentication is off on this host, so there is no panel.");
}
