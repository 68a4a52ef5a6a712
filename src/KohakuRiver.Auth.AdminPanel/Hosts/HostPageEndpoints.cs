using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The pages that the host adds.</summary>
internal static class HostPageEndpoints
{
    internal static void Map(RouteGroupBuilder panel, AdminPanelOptions options)
    {
        foreach (var page in options.Pages)
        {
            panel.Page(page.Pattern, IResult () => new PageResult(page.Component)).RequirePermission(page.Permission);
        }
    }
}
