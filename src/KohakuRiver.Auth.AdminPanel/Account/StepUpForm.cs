namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The one question for one's own password, as a form of its own.</summary>
/// <param name="Confirm">What is done then, as <see cref="SealedForm"/>.</param>
/// <param name="CurrentPassword">The actor's own password.</param>
internal sealed record StepUpForm(string? Confirm, Secret CurrentPassword) : PanelForm<StepUpForm>
{
    internal static FormShape Shape { get; } = FormShape.Of(typeof(StepUpForm));

    /// <summary>The name of the field with the form.</summary>
    internal static string Field => Shape[nameof(Confirm)].Name;

    /// <summary>The name of the field with the password.</summary>
    internal static string PasswordField => Shape[nameof(CurrentPassword)].Name;
}
