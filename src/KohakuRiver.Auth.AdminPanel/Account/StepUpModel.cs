namespace KohakuRiver.Auth.AdminPanel;

/// <param name="What">What is about to happen, as a sentence.</param>
/// <param name="Button">What the button is called.</param>
/// <param name="Back">Where one gets that does not want it, without the panel's prefix.</param>
/// <param name="Confirm">What was sent, sealed.</param>
internal sealed record StepUpModel(string What, string Button, string Back, string Confirm);
