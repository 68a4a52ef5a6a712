using KohakuRiver.Auth.AspNetCore;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The linked sign-ins of a user, each with what people know its kind as.</summary>
internal static class LinkedSignIns
{
    /// <summary>Oldest first; none where the actor may not see them.</summary>
    internal static async Task<IReadOnlyList<(ExternalIdentity Identity, string Title)>> ListAsync(PanelContext panel, long userId)
    {
        var services = panel.Http.RequestServices;
        var principals = services.GetRequiredService<ExternalPrincipals>();
        var found = await services.GetRequiredService<IIdentityService>().ListAsync(panel.Actor, userId, panel.Ct);
        var linked = new List<(ExternalIdentity Identity, string Title)>();
        foreach (var identity in found.Value ?? [])
        {
            linked.Add((identity, await principals.TitleOfAsync(panel.Http, identity.Provider)));
        }

        return linked;
    }
}
