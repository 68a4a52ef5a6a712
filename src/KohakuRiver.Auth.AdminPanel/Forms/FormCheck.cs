using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>What every form is checked for before its handler sees it.</summary>
internal static class FormCheck
{
    /// <summary>
    /// Why the form does not reach its handler; null when it does, or when it came too late and is shown again
    /// (<see cref="PanelContext.ShowsAgain"/>).
    /// </summary>
    internal static async ValueTask<Refusal?> RunAsync(PanelContext panel, FormRules rules)
    {
        var read = await SentForm.ReadAsync(panel.Http, rules);
        if (!read.IsSuccess)
        {
            return read.Refusal;
        }

        var sent = read.Value;
        if (rules.ShapeOf([.. sent.Values.Keys]) == ReturnForm.Shape)
        {
            return await LateForms.ReturnAsync(panel, rules, sent);
        }

        // A page for everybody may have been opened before its reader logged in elsewhere.
        var text = sent.Text(FormTokens.Field);
        var isPublic = panel.Http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;
        var token = FormTokens.Verify(panel.Http, panel.IsLoggedIn, text)
            ?? (isPublic ? FormTokens.Verify(panel.Http, loggedIn: false, text) : null);
        if (token is null)
        {
            return await LateForms.RecognizeAsync(panel, rules, sent);
        }

        if (rules.ShapeOf([.. sent.Values.Keys]) == StepUpForm.Shape)
        {
            if (StepUp.Open(panel, sent) is not { } confirmed)
            {
                return PanelRefusals.StaleForm;
            }

            panel.OwnPassword = new Secret(sent.Text(StepUpForm.PasswordField) ?? "");
            sent = confirmed.Values;
        }

        if (rules.Shape.Read(sent) is not { } form)
        {
            return PanelRefusals.BadForm;
        }

        (panel.Form, panel.Sent, panel.SentToken) = (form, sent.Without([FormTokens.Field]), token);
        if (!rules.OnlyOnce)
        {
            return null;
        }

        var once = panel.Http.RequestServices.GetRequiredService<OneUseKeyService>();
        return once.IsTooOld(token.IssuedAt)
            ? await LateForms.ShowAgainAsync(panel, rules, sent, token, PanelRefusals.OpenTooLong)
            : await once.TryUseAsync(token.Nonce, token.IssuedAt, panel.Ct) ? null
            : PanelRefusals.SentTwice;
    }
}
