namespace KohakuRiver.Auth.AdminPanel;

/// <summary>What people mean by what they type.</summary>
internal static class FormText
{
    /// <summary>The text without space around it; null when nothing is left.</summary>
    internal static string? Filled(this string? text) => text?.Trim() is { Length: > 0 } filled ? filled : null;
}
