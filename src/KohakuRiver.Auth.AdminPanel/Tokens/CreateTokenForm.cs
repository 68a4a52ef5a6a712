namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Name">What it is for.</param>
/// <param name="Expiry">A number of days, <see cref="OnADay"/> or <see cref="Never"/>.</param>
/// <param name="ExpiresOn">The last day, where one is chosen.</param>
/// <param name="ExpiresOnOffset">How far the reader's clock is from UTC at the end of that day, in minutes; see
/// <see cref="DayOffset"/>.</param>
internal sealed record CreateTokenForm(
    string? Name,
    [FaultsOf(nameof(CreateTokenCommand.ExpiresHours))] string? Expiry,
    [FaultsOf(nameof(CreateTokenCommand.ExpiresAt))] DateOnly? ExpiresOn,
    int? ExpiresOnOffset) : PanelForm<CreateTokenForm>
{
    /// <summary>The expiry of tokens that expire on a day of their own.</summary>
    internal const string OnADay = "date";

    /// <summary>The expiry of tokens that do not expire.</summary>
    internal const string Never = "never";

    /// <summary>The choices in days.</summary>
    internal static IReadOnlyList<string> Days { get; } = ["7", "30", "90", "365"];
}
