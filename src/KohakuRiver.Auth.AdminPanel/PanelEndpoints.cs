using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The pages of every room.</summary>
internal static class PanelEndpoints
{
    internal static void Map(RouteGroupBuilder panel, AdminPanelOptions options)
    {
        AssetEndpoints.Map(panel);
        LoginEndpoints.Map(panel);
        ChangePasswordEndpoints.Map(panel);
        RegisterEndpoints.Map(panel);
        ResetEndpoints.Map(panel);
        OverviewEndpoints.Map(panel);
        SearchEndpoints.Map(panel);
        AccountEndpoints.Map(panel);
        UserEndpoints.Map(panel);
        UserBulkEndpoints.Map(panel);
        UserChangeEndpoints.Map(panel);
        ApprovalEndpoints.Map(panel);
        TokenEndpoints.Map(panel);
        GroupEndpoints.Map(panel);
        VpsEndpoints.Map(panel);
        VpsLifecycleEndpoints.Map(panel);
        OwnVpsEndpoints.Map(panel);
        InvitationEndpoints.Map(panel);
        NodeEndpoints.Map(panel);
        TaskEndpoints.Map(panel);
        AuditEndpoints.Map(panel);
        SettingsEndpoints.Map(panel);
        HostPageEndpoints.Map(panel, options);
        NotFoundEndpoints.Map(panel);
    }
}
