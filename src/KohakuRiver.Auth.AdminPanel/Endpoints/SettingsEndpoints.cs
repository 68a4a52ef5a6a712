using KohakuRiver.Auth.AdminPanel.Http;
using KohakuRiver.Auth.AdminPanel.Pages;
using KohakuRiver.Auth.Model;
using KohakuRiver.Auth.Rules;
using KohakuRiver.Auth.Services;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AdminPanel.Endpoints;

/// <summary>The settings in force, and changing what may be changed at run time.</summary>
internal static class SettingsEndpoints
{
    internal static void Map(RouteGroupBuilder panel)
    {
        panel.Page("/settings", ShowAsync).RequirePermission(Permissions.ManageSettings);
        panel.Post("/settings", SaveAsync, "session_lifetime_hours session_idle_hours invitation_lifetime_hours registration approval_required_roles*")
            .RequirePermission(Permissions.ManageSettings);
    }

    private static async Task<IResult> ShowAsync(PanelContext panel, SettingsService settings)
    {
        var now = await settings.GetAsync(panel.Actor, panel.Ct);
        return now.IsSuccess ? PanelAnswers.Page<SettingsPage>(new SettingsModel(now.Value)) : PanelAnswers.Refused(now.Refusal);
    }

    private static async Task<IResult> SaveAsync(PanelContext panel, SettingsService settings)
    {
        var now = await settings.GetAsync(panel.Actor, panel.Ct);
        if (!now.IsSuccess)
        {
            return PanelAnswers.Refused(now.Refusal);
        }

        var form = panel.Form!;
        var faults = new FieldFaults();
        var roles = new List<Role>();
        foreach (var name in form.List("approval_required_roles"))
        {
            if (RoleNames.TryParse(name, out var role))
            {
                roles.Add(role);
            }
            else
            {
                faults.Add("approval_required_roles", "This is not one of the roles.");
            }
        }

        // What stays as it is is not stored: it goes on following the configuration.
        var change = new SettingsChange
        {
            SessionLifetimeHours = Changed("session_lifetime_hours", now.Value.SessionLifetime),
            SessionIdleHours = Changed("session_idle_hours", now.Value.SessionIdleTimeout),
            InvitationLifetimeHours = Changed("invitation_lifetime_hours", now.Value.InvitationLifetime),
            ApprovalRequiredRoles = roles.Distinct().Order().SequenceEqual(now.Value.ApprovalRequiredRoles) ? null : roles,
            Registration = form.Text("registration") switch
            {
                "closed" when now.Value.Registration != RegistrationMode.Closed => RegistrationMode.Closed,
                "viewer" when now.Value.Registration != RegistrationMode.Viewer => RegistrationMode.Viewer,
                _ => null,
            },
        };
        var refusal = faults.ToRefusal() ?? (await settings.UpdateAsync(panel.Actor, change, panel.Ct)).Refusal;
        return refusal is null
            ? PanelAnswers.Done(panel, "/settings", "settings-saved")
            : await PanelAnswers.AgainAsync(panel, refusal, () => ShowAsync(panel, settings));

        int? Changed(string field, TimeSpan current)
        {
            var hours = form.Number(field, faults);
            if (hours is null && form.Filled(field) is null)
            {
                faults.Add(field, "A number of hours is needed.");
            }

            return hours is { } wanted && TimeSpan.FromHours(wanted) == current ? null : hours;
        }
    }
}
