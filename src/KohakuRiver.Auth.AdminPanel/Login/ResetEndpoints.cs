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
        panel.Post("/reset", ResetAsync, "code new_password").AllowAnonymous();
    }

    private static IResult Show(PanelContext panel)
    {
        var query = new StrictQuery(panel.Http);
        var code = query.Text("code", 256);
        return query.Refusal is { } fault ? PanelAnswers.Refused(fault) : PanelAnswers.Page<ResetPage>(new ResetModel(code));
    }

    private static async Task<IResult> ResetAsync(PanelContext panel, IAccountService accounts)
    {
        var form = panel.Form!;
        var outcome = await accounts.ResetPasswordAsync(form.Filled("code"), form.Text("new_password"), panel.Client(), panel.Ct);
        return outcome.IsSuccess
            ? PanelAnswers.Done(panel, "/login", "password-set")
            : await PanelAnswers.AgainAsync(
                panel, outcome.Refusal, () => Task.FromResult(PanelAnswers.Page<ResetPage>(new ResetModel(form.Filled("code")))));
    }
}
