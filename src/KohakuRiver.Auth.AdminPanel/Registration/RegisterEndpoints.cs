using KohakuRiver.Auth.AdminPanel.Registration;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Creating an account: with an invitation, openly, or as the first admin.</summary>
internal static class RegisterEndpoints
{
    internal static void Map(RouteGroupBuilder panel)
    {
        panel.Page("/register", ShowAsync).AllowAnonymous();
        panel.Post<RegisterForm>("/register", RegisterAsync).AllowAnonymous();
        panel.Page("/setup", ShowSetupAsync).AllowAnonymous();
        panel.Post<SetupForm>("/setup", SetUpAsync).AllowAnonymous();
    }

    private static async Task<IResult> ShowAsync(PanelContext panel, IRegistrationService registrations)
    {
        var query = new StrictQuery(panel.Http);
        var code = query.Text("token", 256);
        return query.Refusal is { } fault ? PanelAnswers.Refused(fault) : await PageAsync(panel, code, registrations);
    }

    private static async Task<IResult> PageAsync(PanelContext panel, string? code, IRegistrationService registrations)
    {
        var isOpen = await registrations.IsOpenAsync(panel.Ct);
        if (code is null)
        {
            return PanelAnswers.Page<RegisterPage>(new RegisterModel(null, null, null, isOpen));
        }

        if (panel.Failed is { } failed && failed.ErrorsOf(nameof(RegisterForm.InvitationCode)).Count > 0)
        {
            // The form says already what is wrong with the code, next to a field to write another one in.
            return PanelAnswers.Page<RegisterPage>(new RegisterModel(null, null, null, isOpen));
        }

        var preview = await registrations.PreviewInvitationAsync(code, panel.Actor.Address, panel.Ct);
        if (!preview.IsSuccess && preview.Refusal.Kind != RefusalKind.Throttled && await registrations.IsSetupRequiredAsync(panel.Ct))
        {
            // Before there is an admin the original's link carries the register secret in the same place.
            return PanelAnswers.SeeOther(panel.Url("/setup", ("code", code)));
        }

        return preview.IsSuccess
            ? PanelAnswers.Page<RegisterPage>(new RegisterModel(code, preview.Value, null, isOpen))
            : new PageResult(typeof(RegisterPage), 
                new RegisterModel(null, null, panel.Texts.Say(preview.Refusal), isOpen),
                preview.Refusal.Kind == RefusalKind.Throttled ? StatusCodes.Status429TooManyRequests : StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> RegisterAsync(PanelContext panel, RegisterForm form, IRegistrationService registrations)
    {
        var code = form.InvitationCode.Filled();
        var command = new RegisterCommand
        {
            Username = form.Username.Filled(),
            Password = form.Password.Reveal(),
            DisplayName = form.DisplayName.Filled(),
            InvitationCode = code,
            Client = panel.Client(),
        };
        return await FinishAsync(panel, command, registrations, () => PageAsync(panel, code, registrations));
    }

    private static async Task<IResult> ShowSetupAsync(PanelContext panel, IRegistrationService registrations)
    {
        var query = new StrictQuery(panel.Http);
        var code = query.Text("code", 256);
        return query.Refusal is { } fault ? PanelAnswers.Refused(fault) : await SetupPageAsync(panel, code, registrations);
    }

    private static async Task<IResult> SetupPageAsync(PanelContext panel, string? code, IRegistrationService registrations) =>
        PanelAnswers.Page<SetupPage>(new SetupModel(code, await registrations.IsSetupRequiredAsync(panel.Ct)));

    private static async Task<IResult> SetUpAsync(PanelContext panel, SetupForm form, IRegistrationService registrations)
    {
        var secret = form.RegisterSecret.Reveal().Filled() ?? "";
        var command = new RegisterCommand
        {
            Username = form.Username.Filled(),
            Password = form.Password.Reveal(),
            DisplayName = form.DisplayName.Filled(),
            RegisterSecret = secret,
            Client = panel.Client(),
        };
        return await FinishAsync(
            panel, command, registrations, () => SetupPageAsync(panel, IsSecretRefused() ? null : secret, registrations));

        // Then the page asks for another one; kept out of sight it would be wrong again.
        bool IsSecretRefused() => panel.Failed is { } failed
            && (failed.Refusal == Refusals.RegisterSecretDead || failed.ErrorsOf(nameof(SetupForm.RegisterSecret)).Count > 0);
    }

    private static async Task<IResult> FinishAsync(
        PanelContext panel, RegisterCommand command, IRegistrationService registrations, Func<Task<IResult>> page)
    {
        var outcome = await registrations.RegisterAsync(command, panel.Ct);
        if (!outcome.IsSuccess)
        {
            return await PanelAnswers.AgainAsync(panel, outcome.Refusal, page);
        }

        await SentSessions.ReplaceAsync(panel.Http, outcome.Value);
        return PanelAnswers.Done(panel, "", "welcome");
    }
}
