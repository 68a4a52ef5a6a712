using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The system settings.</summary>
internal static class SettingsEndpoints
{
    internal static void Map(RouteGroupBuilder api)
    {
        var settings = api.Under("Settings", "What can be changed while the host runs.");
        settings.MapGet("/auth/settings", GetAsync)
            .RequirePermission(Permissions.ManageSettings)
            .Describe("getSettings", "Show the settings in force", "Of secrets only whether they are set.")
            .Answers(SettingsExamples.Current);
        settings.MapPatch("/auth/settings", UpdateAsync)
            .RequirePermission(Permissions.ManageSettings)
            .TakesJson(SettingsExamples.Update)
            .Describe("updateSettings", "Change settings", "All or nothing; in force on every instance within a second.")
            .Answers(SettingsExamples.Updated);
    }

    private static async Task<IResult> GetAsync(
        HttpContext http, Actor actor, ISettingsService settings, IOptions<KohakuAuthOptions> options,
        CancellationToken cancellationToken) =>
        Replies.From(await settings.GetAsync(actor, cancellationToken), inForce => inForce.ToResponse(options.Value));

    private static Task<IResult> UpdateAsync(
        HttpContext http, Actor actor, ISettingsService settings, IOptions<KohakuAuthOptions> options,
        CancellationToken cancellationToken) =>
        Replies.WithBodyAsync<UpdateSettingsRequest>(http, async body =>
        {
            var change = new SettingsChange
            {
                SessionLifetimeHours = body.SessionLifetimeHours,
                SessionIdleHours = body.SessionIdleHours,
                InvitationLifetimeHours = body.InvitationLifetimeHours,
                ApprovalRequiredRoles = body.ApprovalRequiredRoles,
                Registration = body.Registration,
            };
            return Replies.From(await settings.UpdateAsync(actor, change, cancellationToken), inForce => inForce.ToResponse(options.Value));
        });
}
