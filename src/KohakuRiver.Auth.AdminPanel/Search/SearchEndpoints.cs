using KohakuRiver.Auth.AdminPanel.Search;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Finding anything from anywhere.</summary>
internal static class SearchEndpoints
{
    private const int LongestText = 100;

    // As much of a secret as lists show of it.
    private const int PublicPart = 8;

    internal static void Map(RouteGroupBuilder panel) =>
        panel.Page("/search", FindAsync).RequirePermission(Permissions.ManageOwnAccount);

    private static async Task<IResult> FindAsync(PanelContext panel)
    {
        var query = new StrictQuery(panel.Http);
        var text = query.Text("q", LongestText)?.Trim() ?? "";
        var isCut = query.Bool("cut") == true;
        if (query.Refusal is { } fault)
        {
            return PanelAnswers.Refused(fault);
        }

        // A whole token does not stay in the address, nor on the page.
        if (SecretText.HasFormOfOurs(text) && text.Length > PublicPart)
        {
            return PanelAnswers.SeeOther(panel.Url("/search", ("q", text[..PublicPart]), ("cut", "true")));
        }

        var kinds = await PanelSearch.FindAsync(panel, text);
        return PanelSearch.Meant(kinds) is { } meant
            ? PanelAnswers.SeeOther(panel.Url(meant.Path))
            : PanelAnswers.Page<SearchPage>(new SearchModel(text, isCut, kinds));
    }
}
