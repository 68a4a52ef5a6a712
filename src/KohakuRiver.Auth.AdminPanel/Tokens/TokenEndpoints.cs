using System.Globalization;
using KohakuRiver.Auth.AdminPanel.Tokens;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>API tokens: one's own, and everybody's for admins.</summary>
internal static class TokenEndpoints
{
    private const int PageSize = 50;

    internal static void Map(RouteGroupBuilder panel)
    {
        panel.Page("/tokens", ListOwnAsync).RequirePermission(Permissions.ManageOwnAccount);
        panel.Page("/tokens/all", ListAllAsync).RequirePermission(Permissions.ManageUsers);
        panel.Post("/tokens", CreateAsync, "name expiry expires_on", onlyOnce: true).RequirePermission(Permissions.ManageOwnAccount);
        panel.Post("/tokens/{id:long:min(1)}/revoke", RevokeAsync, "back").RequirePermission(Permissions.ManageOwnAccount);
    }

    private static Task<IResult> ListOwnAsync(PanelContext panel, ITokenService tokens) =>
        ListAsync(panel, false, page => tokens.ListOwnAsync(panel.Actor, page, panel.Ct));

    private static Task<IResult> ListAllAsync(PanelContext panel, ITokenService tokens) =>
        ListAsync(panel, true, page => tokens.ListAsync(panel.Actor, null, page, panel.Ct));

    private static async Task<IResult> ListAsync(PanelContext panel, bool isAll, Func<PageRequest, Task<KohakuResult<Page<ApiToken>>>> read)
    {
        var query = new StrictQuery(panel.Http);
        var cursor = query.Cursor("-id");
        if (query.Refusal is { } fault)
        {
            return PanelAnswers.Refused(fault);
        }

        var page = await read(new PageRequest(PageSize, cursor));
        return page.IsSuccess
            ? PanelAnswers.Page<TokensPage>(new TokensModel(page.Value, isAll, cursor is null))
            : PanelAnswers.Refused(page.Refusal);
    }

    private static async Task<IResult> CreateAsync(PanelContext panel, ITokenService tokens)
    {
        var form = panel.Form!;
        var faults = new FieldFaults();
        var (hours, at) = Expiry(form, faults);
        var refusal = faults.ToRefusal();
        if (refusal is null)
        {
            var outcome = await tokens.CreateAsync(
                panel.Actor, new CreateTokenCommand { Name = form.Text("name"), ExpiresAt = at, ExpiresHours = hours }, panel.Ct);
            if (outcome.IsSuccess)
            {
                return PanelAnswers.Page<NewTokenPage>(new NewTokenModel(outcome.Value.Token, outcome.Value.Secret.Reveal()));
            }

            refusal = Renamed(outcome.Refusal);
        }

        return await PanelAnswers.AgainAsync(panel, refusal, () => ListOwnAsync(panel, tokens));
    }

    private static (int? Hours, DateTimeOffset? At) Expiry(PanelForm form, FieldFaults faults)
    {
        switch (form.Text("expiry"))
        {
            case "never":
                return (null, null);
            case "date" when DateOnly.TryParseExact(
                form.Filled("expires_on"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day):
                return (null, new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
            case "date":
                faults.Add("expires_on", "Choose a date.");
                return (null, null);
            case "7" or "30" or "90" or "365":
                return (int.Parse(form.Text("expiry")!, CultureInfo.InvariantCulture) * 24, null);
            default:
                faults.Add("expiry", "Choose one of these.");
                return (null, null);
        }
    }

    // The service speaks of the fields of the HTTP contract.
    private static Refusal Renamed(Refusal refusal) => refusal.Errors is { } errors && errors.TryGetValue("expires_at", out var messages)
        ? new Refusal(refusal.Kind, refusal.Message)
        {
            Errors = errors.Where(e => e.Key != "expires_at")
                .Append(KeyValuePair.Create("expires_on", messages))
                .ToDictionary(StringComparer.Ordinal),
        }
        : refusal;

    private static async Task<IResult> RevokeAsync(PanelContext panel, long id, ITokenService tokens)
    {
        var outcome = await tokens.RevokeAsync(panel.Actor, id, panel.Ct);
        if (!outcome.IsSuccess)
        {
            return PanelAnswers.Refused(outcome.Refusal);
        }

        Flash.Leave(panel.Http, "token-revoked");
        return PanelAnswers.SeeOther(panel.Back(panel.Url("/tokens")));
    }
}
