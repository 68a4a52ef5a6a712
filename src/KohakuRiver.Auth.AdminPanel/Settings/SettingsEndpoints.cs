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
        panel.Post<SettingsForm>("/settings", SaveAsync, again: ShowAsync).RequirePermission(Permissions.ManageSettings);
    }

    private static async Task<IResult> ShowAsync(PanelContext panel, ISettingsService settings)
    {
        var now = await settings.GetAsync(panel.Actor, panel.Ct);
        return now.IsSuccess ? PanelAnswers.Page<SettingsPage>(new SettingsModel(now.Value)) : PanelAnswers.Refused(now.Refusal);
    }

    private static async Task<IResult> SaveAsync(PanelContext panel, SettingsForm form, ISettingsService settings)
    {
        var now = await settings.GetAsync(panel.Actor, panel.Ct);
        if (!now.IsSuccess)
        {
            return PanelAnswers.Refused(now.Refusal);
        }

        var before = now.Value;
        var (added, removed) = form.ApprovalRequiredRoles.Changes(before.ApprovalRequiredRoles);

        // On top of the roles of now, which others may have changed since the page was rendered.
        var roles = before.ApprovalRequiredRoles.Except(removed).Union(added).Order().ToList();

        // What stays as it is is not stored: it keeps following the configuration.
        var change = new SettingsChange
        {
            SessionLifetimeHours = Hours(nameof(form.SessionLifetimeHours), form.SessionLifetimeHours, before.SessionLifetime),
            SessionIdleHours = Hours(nameof(form.SessionIdleHours), form.SessionIdleHours, before.SessionIdleTimeout),
            InvitationLifetimeHours = Hours(nameof(form.InvitationLifetimeHours), form.InvitationLifetimeHours, before.InvitationLifetime),
            ApprovalRequiredRoles = roles.SequenceEqual(before.ApprovalRequiredRoles.Order()) ? null : roles,
            Registration = form.Registration.Changed == before.Registration ? null : form.Registration.Changed,
        };
        var refusal = form.Faults.ToRefusal();
        if (refusal is null && change == new SettingsChange())
        {
            return PanelAnswers.Done(panel, "/settings", "nothing-changed");
        }

        refusal ??= (await settings.UpdateAsync(panel.Actor, change, panel.Ct)).Refusal;
        return refusal is null
            ? PanelAnswers.Done(panel, "/settings", "settings-saved")
            : await PanelAnswers.AgainAsync(panel, refusal, () => ShowAsync(panel, settings));

        int? Hours(string field, Kept<int?> hours, TimeSpan current)
        {
            // What is no number at all is a fault of the field already.
            if (form.Sent.Text(WireNames.Of(field)).Filled() is null)
            {
                form.Faults.Add(field, "A number of hours is needed.");
            }

            return hours.Changed is { } wanted && TimeSpan.FromHours(wanted) != current ? wanted : null;
        }
    }
}
