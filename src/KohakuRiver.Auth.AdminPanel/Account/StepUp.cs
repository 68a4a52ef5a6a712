using KohakuRiver.Auth.AdminPanel.Account;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// What cannot be undone asks for one's own password again, so that a borrowed browser is not enough. The question is a page of its own: no
/// password manager fills one's own password into a form that is about somebody else, and nothing has to be typed again. The page carries
/// the form along, sealed.
/// </summary>
internal static class StepUp
{
    /// <summary>Null once the sender has given their own password; otherwise the page that asks for it.</summary>
    /// <param name="panel">The request; its target is mapped with <c>stepUp: true</c>.</param>
    /// <param name="accounts">Checks the password.</param>
    /// <param name="what">What is about to happen, as a sentence.</param>
    /// <param name="button">What the button is called.</param>
    /// <param name="back">Where one gets that does not want it, without the panel's prefix.</param>
    internal static Task<IResult?> AskAsync(PanelContext panel, IAccountService accounts, string what, string button, string back) =>
        AskAsync(
            panel, accounts, panel.Sent!, confirm => PanelAnswers.Page<StepUpPage>(new StepUpModel(what, button, back, confirm)));

    /// <summary>The same for a page that says itself what happens and to whom, so that both are asked at once.</summary>
    /// <param name="panel">The request; its target is mapped with <c>stepUp: true</c>.</param>
    /// <param name="accounts">Checks the password.</param>
    /// <param name="carried">What is done then: exactly what the page says.</param>
    /// <param name="page">The page, which has <c>StepUpFields</c> with the sealed form it is given.</param>
    internal static async Task<IResult?> AskAsync(
        PanelContext panel, IAccountService accounts, SentForm carried, Func<string, IResult> page)
    {
        if (Seal(panel, carried) is not { } confirm)
        {
            return PanelAnswers.Refused(AspNetCore.HttpRefusals.TooLarge);
        }

        if (panel.OwnPassword is not { } own)
        {
            return page(confirm);
        }

        if ((await accounts.ConfirmPasswordAsync(panel.Actor, own.Reveal(), panel.Ct)).Refusal is not { } refusal)
        {
            return null;
        }

        panel.Form = new StepUpForm(confirm, own);
        return await PanelAnswers.AgainAsync(panel, refusal, () => Task.FromResult(page(confirm)));
    }

    /// <summary>What a page that asks for the password itself carries along: a button without fields at another address.</summary>
    internal static string SealButton(PanelContext panel, string action) =>
        new SealedForm(panel.Actor.Id ?? 0, action, NoToken(panel), SentForm.Empty)
            .Seal(panel.Http, SealPurpose.Confirmation, panel.Clock.GetInstant())!;

    /// <summary>The form that was carried along; null when it is not the sender's, or too old, or of another address.</summary>
    /// <param name="panel">The request.</param>
    /// <param name="sent">What was sent.</param>
    /// <param name="anybody">Whether it may be somebody else's than who is logged in.</param>
    internal static SealedForm? Open(PanelContext panel, SentForm sent, bool anybody = false) =>
        SealedForm.Open(panel.Http, SealPurpose.Confirmation, sent.Text(StepUpForm.Field), panel.Clock.GetInstant()) is { } form
        && form.Action == panel.RelativePath
        && (anybody || form.User == panel.Actor.Id)
            ? form
            : null;

    private static string? Seal(PanelContext panel, SentForm values) =>
        new SealedForm(panel.Actor.Id ?? 0, panel.RelativePath, NoToken(panel), values)
            .Seal(panel.Http, SealPurpose.Confirmation, panel.Clock.GetInstant());

    // The page that carries it has a token of its own.
    private static FormToken NoToken(PanelContext panel) => new("", panel.Clock.GetInstant(), panel.Actor.Id ?? 0);
}
