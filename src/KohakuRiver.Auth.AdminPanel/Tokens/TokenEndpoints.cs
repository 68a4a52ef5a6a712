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
        panel.Post<CreateTokenForm>("/tokens", CreateAsync, onlyOnce: true).RequirePermission(Permissions.ManageOwnAccount);
        panel.Post<RevokeTokenForm>("/tokens/{id:long:min(1)}/revoke", RevokeAsync).RequirePermission(Permissions.ManageOwnAccount);
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

    private static async Task<IResult> CreateAsync(PanelContext panel, CreateTokenForm form, ITokenService tokens)
    {
        var (hours, at) = Expiry(form);
        var refusal = form.Faults.ToRefusal();
        if (refusal is null)
        {
            var outcome = await tokens.CreateAsync(
                panel.Actor, new CreateTokenCommand { Name = form.Name, ExpiresAt = at, ExpiresHours = hours }, panel.Ct);
            if (outcome.IsSuccess)
            {
                return PanelAnswers.Page<NewTokenPage>(new NewTokenModel(outcome.Value.Token, outcome.Value.Secret.Reveal()));
            }

            refusal = outcome.Refusal;
        }

        return await PanelAnswers.AgainAsync(panel, refusal, () => ListOwnAsync(panel, tokens));
    }

    private static (int? Hours, DateTimeOffset? At) Expiry(CreateTokenForm form)
    {
        switch (form.Expiry)
        {
            case CreateTokenForm.Never:
                return (null, null);
            case CreateTokenForm.OnADay when form.ExpiresOnOffset is < -DayOffset.Most or > DayOffset.Most:
                form.Faults.Add(nameof(form.ExpiresOn), "Choose a date.");
                return (null, null);
            case CreateTokenForm.OnADay when form.ExpiresOn is { } day:
                return (null, DayOffset.EndOf(day, form.ExpiresOnOffset));
            case CreateTokenForm.OnADay when form.Faults.ToRefusal() is null:
                form.Faults.Add(nameof(form.ExpiresOn), "Choose a date.");
                return (null, null);
            case { } days when CreateTokenForm.Days.Contains(days, StringComparer.Ordinal):
                return (int.Parse(days, CultureInfo.InvariantCulture) * 24, null);
            default:
                form.Faults.Add(nameof(form.Expiry), "Choose one of the options.");
                return (null, null);
        }
    }

    private static async Task<IResult> RevokeAsync(PanelContext panel, long id, RevokeTokenForm form, ITokenService tokens)
    {
        var outcome = await tokens.RevokeAsync(panel.Actor, id, panel.Ct);
        if (!outcome.IsSuccess)
        {
            return PanelAnswers.Refused(outcome.Refusal);
        }

        Flash.Leave(panel.Http, "token-revoked");
        
        // Without a query: what stood in it may not be there any more.
        var isPage = LocalUrls.IsLocal(form.Back) && !form.Back!.Contains('?', StringComparison.Ordinal);
        return PanelAnswers.SeeOther(isPage ? form.Back! : panel.Url("/tokens"));
    }
}
