namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// A field whose form also sends what it held when the page was rendered, so that a page that was open for long undoes nothing of what
/// others did meanwhile. A form that does not say what the page showed means all it sends.
/// </summary>
/// <typeparam name="T">What the field holds; null for nothing.</typeparam>
/// <param name="Now">What was sent.</param>
/// <param name="Before">What the page showed; null when the form does not say.</param>
/// <param name="IsChanged">Whether it was sent and is not what the page showed.</param>
internal sealed record Kept<T>(T? Now, T? Before, bool IsChanged)
{
    /// <summary>What was sent, where its reader changed it; otherwise null.</summary>
    internal T? Changed => IsChanged ? Now : default;
}
