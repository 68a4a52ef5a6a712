using System.Globalization;
using KohakuRiver.Auth.AdminPanel.Tokens;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>API tokens: one's own, and everybody's for admins.</summary>
internal static class TokenEndpoints
{
    internal static void Map(RouteGroupBuilder panel)
    {
        panel.Page("/tokens", ListOwnAsync).RequirePermission(Permissions.ManageOwnAccount);
        panel.Page("/tokens/all", ListAllAsync).RequirePermission(Permissions.ManageUsers);
        panel.Post<CreateTokenForm>("/tokens", CreateAsync, again: ListOwnAsync, onlyOnce: true)
            .RequirePermission(Permissions.ManageOwnAccount);
        panel.Post<RevokeTokenForm>("/tokens/{id:long:min(1)}/revoke", RevokeAsync).RequirePermission(Permissions.ManageOwnAccount);
    }

    private static Task<IResult> ListOwnAsync(PanelContext panel, ITokenService tokens) =>
        ListAsync(panel, false, page => tokens.ListOwnAsync(panel.Actor, page, panel.Ct));

    private static Task<IResult> ListAllAsync(PanelContext panel, ITokenService tokens) =>
        ListAsync(panel, true, page => tokens.ListAsync(panel.Actor, null, page, panel.Ct));

    private static async Task<IResult> ListAsync(PanelContext panel, bool isAll, Func<PageRequest, Task<KohakuResult<Page<ApiToken>>>> read)
    {
        var outcome = await WholeList.ReadAsync(read);
        if (!outcome.IsSuccess)
        {
            return PanelAnswers.Refused(outcome.Refusal);
        }

        var all = outcome.Value;
        var query = panel.Asked();
        if (isAll && all.Total > all.Items.Count && query.Text("search", 100) is { } beginning)
        {
            // Tokens older than those that are read are found by their beginning.
            var older = await panel.Http.RequestServices.GetRequiredService<TokenFinder>()
                .FindAsync(panel.Actor, beginning, WholeList<ApiToken>.PageSize, panel.Ct);
            all = all with { Items = [.. all.Items.Concat(older).DistinctBy(t => t.Id)] };
        }

        var state = query.OneOf("state", TokensModel.States);
        var now = panel.Clock.GetUtcNow();
        var kept = state is null
            ? all
            : all with { Items = [.. all.Items.Where(t => TokensModel.StateOf(t, now) == state)] };
        var list = WholeList.Show(
            kept,
            query,
            token => [token.Name, token.Prefix, isAll ? token.Owner.Username : null],
            "-created_at",
            ("name", t => t.Name),
            ("owner", t => t.Owner.Username),
            ("prefix", t => t.Prefix),
            ("created_at", t => t.CreatedAt),
            ("last_used", t => t.LastUsedAt),

            // Those that do not expire come after all that do.
            ("expires_at", t => t.ExpiresAt ?? DateTimeOffset.MaxValue));
        return query.Refusal is { } fault
            ? PanelAnswers.Refused(fault)
            : PanelAnswers.Page<TokensPage>(new TokensModel(list with { Read = outcome.Value.Items.Count }, isAll, state));
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

        // Without a query: only that of the page itself comes back.
        var isPage = LocalUrls.IsLocal(form.Back) && !form.Back!.Contains('?', StringComparison.Ordinal);
        return PanelAnswers.SeeOther(panel.After(isPage ? form.Back! : panel.Url("/tokens")));
    }
}
