using KohakuRiver.Auth.AdminPanel.Login;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Setting a new password by a reset link.</summary>
internal static class ResetEndpoints
{
    internal static void Map(RouteGroupBuilder panel)
    {
        panel.Page("/reset", ShowAsync).AllowAnonymous();
        panel.Post<ResetForm>("/reset", ResetAsync).AllowAnonymous();
    }

    private static async Task<IResult> ShowAsync(PanelContext panel, IAccountService accounts)
    {
        var query = new StrictQuery(panel.Http);
        var code = query.Text("code", 256);
        return query.Refusal is { } fault ? PanelAnswers.Refused(fault) : await PageAsync(panel, code, accounts);
    }

    private static async Task<IResult> PageAsync(PanelContext panel, string? code, IAccountService accounts)
    {
        var preview = code is null ? null : await accounts.PreviewResetAsync(code, panel.Client(), panel.Ct);
        return preview?.Refusal is { Kind: RefusalKind.Throttled } throttled
            ? PanelAnswers.Refused(throttled)
            : PanelAnswers.Page<ResetPage>(new ResetModel(code, preview?.Value?.Username));
    }

    private static async Task<IResult> ResetAsync(PanelContext panel, ResetForm form, IAccountService accounts)
    {
        var code = form.Code.Reveal().Filled();
        var outcome = await accounts.ResetPasswordAsync(code, form.NewPassword.Reveal(), panel.Client(), panel.Ct);
        return outcome.IsSuccess
            ? PanelAnswers.Done(panel, "/login", "password-set")
            : await PanelAnswers.AgainAsync(
                panel, outcome.Refusal, () => PageAsync(panel, code, accounts));
    }
}
