namespace KohakuRiver.Auth.AdminPanel;

/// <summary>A form that comes back after a login: it is shown again, never carried out.</summary>
/// <param name="Kept">What was typed, as <see cref="SealedForm"/>.</param>
internal sealed record ReturnForm(string? Kept) : PanelForm<ReturnForm>
{
    internal static FormShape Shape { get; } = FormShape.Of(typeof(ReturnForm));

    /// <summary>The name of its field.</summary>
    internal static string Field => Shape[nameof(Kept)].Name;
}
