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
        panel.Page("/reset", Show).AllowAnonymous();
        panel.Post<ResetForm>("/reset", ResetAsync).AllowAnonymous();
    }

    private static IResult Show(PanelContext panel)
    {
        var query = new StrictQuery(panel.Http);
        var code = query.Text("code", 256);
        return query.Refusal is { } fault ? PanelAnswers.Refused(fault) : PanelAnswers.Page<ResetPage>(new ResetModel(code));
    }

    private static async Task<IResult> ResetAsync(PanelContext panel, ResetForm form, IAccountService accounts)
    {
        var code = form.Code.Reveal().Filled();
        var outcome = await accounts.ResetPasswordAsync(code, form.NewPassword.Reveal(), panel.Client(), panel.Ct);
        return outcome.IsSuccess
            ? PanelAnswers.Done(panel, "/login", "password-set")
            : await PanelAnswers.AgainAsync(
                panel, outcome.Refusal, () => Task.FromResult(PanelAnswers.Page<ResetPage>(new ResetModel(code))));
    }
}
