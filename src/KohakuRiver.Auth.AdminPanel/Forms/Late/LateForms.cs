using KohakuRiver.Auth.AdminPanel.Login;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// Forms that come after the session they were opened in. What was typed is not lost, and nothing happens by itself: the form is shown
/// again to whom it was shown before, with a fresh token, and waits for a press of its button. Only forms whose token was once valid for
/// this browser come back, so that nobody else fills in one.
/// </summary>
internal static class LateForms
{
    /// <summary>A form with a token of another session: shown again if it was made in this browser for whoever is logged in now.</summary>
    internal static async ValueTask<Refusal?> RecognizeAsync(PanelContext panel, FormRules rules, SentForm sent) =>
        FormTokens.Recognize(panel.Http, sent.Text(FormTokens.Field)) is { } token
        && panel.Actor.Id == token.User
        && Typed(panel, rules, sent) is { } values
            ? await ShowAgainAsync(panel, rules, values, token, PanelRefusals.FormAgain)
            : PanelRefusals.StaleForm;

    /// <summary>A form that waited while its sender logged in again.</summary>
    internal static async ValueTask<Refusal?> ReturnAsync(PanelContext panel, FormRules rules, SentForm sent) =>
        Open(panel, sent.Text(ReturnForm.Field)) is { } kept && kept.User == panel.Actor.Id && kept.Action == panel.RelativePath
            ? await ShowAgainAsync(panel, rules, kept.Values, kept.Token, PanelRefusals.SessionHadEnded)
            : PanelRefusals.StaleForm;

    /// <summary>Notes that the form is shown again and not carried out.</summary>
    internal static async ValueTask<Refusal?> ShowAgainAsync(
        PanelContext panel, FormRules rules, SentForm sent, FormToken token, Refusal why)
    {
        if (rules.Again is null)
        {
            return PanelRefusals.StaleForm;
        }

        if (rules.OnlyOnce && await panel.Http.RequestServices.GetRequiredService<OneUseKeyService>()
            .WasUsedAsync(token.Nonce, token.IssuedAt, panel.Ct))
        {
            return PanelRefusals.SentTwice;
        }

        if (rules.Shape.Read(rules.Shape.WithoutSecrets(sent)) is not { } form)
        {
            return PanelRefusals.BadForm;
        }

        panel.Form = form;
        panel.Fail(why);
        panel.ShowsAgain = true;
        return null;
    }

    /// <summary>Shows the page of the form, 422.</summary>
    internal static async Task ShowAsync(HttpContext http)
    {
        var response = http.Response;
        response.OnStarting(() =>
        {
            if (response.StatusCode == StatusCodes.Status200OK)
            {
                response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            }

            return Task.CompletedTask;
        });
        await http.GetEndpoint()!.Metadata.GetRequiredMetadata<FormRules>().Again!(http);
    }

    /// <summary>
    /// What the browser keeps of a form that was refused because nobody is logged in, for the login page to carry; null for nothing.
    /// </summary>
    internal static async Task<string?> KeepAsync(HttpContext http)
    {
        var panel = PanelContext.Of(http);
        if (http.GetEndpoint()?.Metadata.GetMetadata<FormRules>() is not { Again: not null } rules
            || http.Features.Get<RequestActor>() is not { Late: null } state
            || BrowserKey.Find(http) is null
            || !http.RequestServices.GetRequiredService<SameOriginCheck>().Allows(http, ActorKind.Session))
        {
            return null;
        }

        var now = panel.Clock.GetInstant();
        if (panel.Sent is { } known)
        {
            return new SealedForm(panel.Actor.Id ?? 0, panel.RelativePath, panel.SentToken!, rules.Shape.WithoutSecrets(known))
                .Seal(http, SealPurpose.Return, now);
        }

        http.RequestServices.GetRequiredService<BodyGuard>().WatchOwn(http, state);
        KohakuResult<SentForm> read;
        try
        {
            read = await SentForm.ReadAsync(http, rules);
        }
        catch (BadHttpRequestException)
        {
            // Larger than any form, or cut off: there is nothing to keep.
            return null;
        }

        if (!read.IsSuccess)
        {
            return null;
        }

        if (Open(panel, read.Value.Text(ReturnForm.Field)) is { } kept && kept.Action == panel.RelativePath)
        {
            return kept.Seal(http, SealPurpose.Return, now);
        }

        return FormTokens.Recognize(http, read.Value.Text(FormTokens.Field)) is { } token && Typed(panel, rules, read.Value) is { } values
            ? new SealedForm(token.User, panel.RelativePath, token, values).Seal(http, SealPurpose.Return, now)
            : null;
    }

    /// <summary>The login page of a form that was refused because nobody is logged in: it says why, and carries what was typed.</summary>
    internal static async Task AskToLogInAsync(PanelContext panel, string kept)
    {
        if (panel.IsLoggedIn)
        {
            panel = PanelContext.OfNobody(panel.Http);
        }

        panel.Http.Response.Headers.WWWAuthenticate = "Bearer";
        var model = await LoginEndpoints.ModelAsync(
            panel, null, kept, panel.Http.RequestServices.GetRequiredService<IRegistrationService>());
        await new PageResult(typeof(LoginPage), model, StatusCodes.Status401Unauthorized).ExecuteAsync(panel.Http);
    }

    /// <summary>A form that waits; null when it is none of this browser's.</summary>
    internal static SealedForm? Open(PanelContext panel, string? kept) =>
        SealedForm.Open(panel.Http, SealPurpose.Return, kept, panel.Clock.GetInstant());

    // What was typed, whether it came itself or through the page that asks for one's own password.
    private static SentForm? Typed(PanelContext panel, FormRules rules, SentForm sent)
    {
        var whole = sent.Text(StepUpForm.Field) is null || !rules.StepUp ? sent : StepUp.Open(panel, sent, anybody: true)?.Values;
        return whole is null ? null : rules.Shape.WithoutSecrets(whole);
    }
}
