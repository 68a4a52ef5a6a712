using KohakuRiver.Auth.AdminPanel.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The settings in force, and changing what may be changed at run time.</summary>
internal static class SettingsEndpoints
{
    internal static void Map(RouteGroupBuilder panel)
    {
        panel.Page("/settings", ShowAsync).RequirePermission(Permissions.ManageSettings);
        panel.Post(
            "/settings",
            SaveAsync,
            "~session_lifetime_hours ~session_idle_hours ~invitation_lifetime_hours ~registration ~approval_required_roles*")
            .RequirePermission(Permissions.ManageSettings);
    }

    private static async Task<IResult> ShowAsync(PanelContext panel, ISettingsService settings)
    {
        var now = await settings.GetAsync(panel.Actor, panel.Ct);
        return now.IsSuccess ? PanelAnswers.Page<SettingsPage>(new SettingsModel(now.Value)) : PanelAnswers.Refused(now.Refusal);
    }

    private static async Task<IResult> SaveAsync(PanelContext panel, ISettingsService settings)
    {
        var now = await settings.GetAsync(panel.Actor, panel.Ct);
        if (!now.IsSuccess)
        {
            return PanelAnswers.Refused(now.Refusal);
        }

        var form = panel.Form!;
        var faults = new FieldFaults();
        var (added, removed) = form.Changes("approval_required_roles", now.Value.ApprovalRequiredRoles.Select(r => r.ToName()));

        // On top of the roles of now, which others may have changed since the page was made.
        var roles = now.Value.ApprovalRequiredRoles.Except(Roles(removed)).Union(Roles(added)).Order().ToList();

        // What stays as it is is not stored: it goes on following the configuration.
        var change = new SettingsChange
        {
            SessionLifetimeHours = Changed("session_lifetime_hours", now.Value.SessionLifetime),
            SessionIdleHours = Changed("session_idle_hours", now.Value.SessionIdleTimeout),
            InvitationLifetimeHours = Changed("invitation_lifetime_hours", now.Value.InvitationLifetime),
            ApprovalRequiredRoles = roles.SequenceEqual(now.Value.ApprovalRequiredRoles.Order()) ? null : roles,
            Registration = form.Changed("registration") switch
            {
                "closed" when now.Value.Registration != RegistrationMode.Closed => RegistrationMode.Closed,
                "viewer" when now.Value.Registration != RegistrationMode.Viewer => RegistrationMode.Viewer,
                _ => null,
            },
        };
        if (faults.ToRefusal() is null && change == new SettingsChange())
        {
            return PanelAnswers.Done(panel, "/settings", "nothing-changed");
        }

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

            return form.Changed(field) is null || (hours is { } wanted && TimeSpan.FromHours(wanted) == current) ? null : hours;
        }

        List<Role> Roles(IReadOnlyList<string> names)
        {
            var known = new List<Role>();
            foreach (var name in names)
            {
                if (RoleNames.TryParse(name, out var role))
                {
                    known.Add(role);
                }
                else
                {
                    faults.Add("approval_required_roles", "This is not one of the roles.");
                }
            }

            return known;
        }
    }
}
