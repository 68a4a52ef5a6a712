namespace KohakuRiver.Auth;

/// <summary>What lists show in place of an invitation's code: its first characters and an ellipsis. Never usable as the code.</summary>
internal static class ShortCode
{
    private const string Ellipsis = "…";

    // What people copy from a screen that cuts texts itself.
    private const string Dots = "...";

    /// <summary>Whether a text that is no code looks like one that was cut.</summary>
    internal static bool Looks(string text)
    {
        var trimmed = text.AsSpan().TrimEnd();
        return trimmed.EndsWith(Ellipsis, StringComparison.Ordinal) || trimmed.EndsWith(Dots, StringComparison.Ordinal);
    }
}
