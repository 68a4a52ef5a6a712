using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The scheme <see cref="KohakuAuthDefaults.Scheme"/>: the principal from the actor, and the answers for those refused.</summary>
internal sealed class KohakuAuthHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    CredentialReader reader,
    RefusalAudit audit,
    LoginRedirect login)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <inheritdoc />
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var state = await reader.GetAsync(Context);
        if (state.Outage is { } outage)
        {
            // Not thrown: next to another scheme this one merely fails, and alone the challenge answers 503.
            return AuthenticateResult.Fail(outage);
        }

        if (state.Rejection is { } rejection)
        {
            return AuthenticateResult.Fail(rejection.Message);
        }

        return state.Actor.IsAuthenticated
            ? AuthenticateResult.Success(ActorPrincipal.Ticket(state, ActorPrincipal.Create(state)))
            : AuthenticateResult.NoResult();
    }

    /// <inheritdoc />
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var state = await reader.GetAsync(Context);
        var refusal = state.Refusal ?? state.Rejection ?? WithoutPermission(state) ?? Refusals.Unauthenticated;

        // A policy of ours would have left its refusal: this is one of the host's, which wants a login, and this request has none.
        await RefuseAsync(
            state, state.Refusal is null && HttpRefusals.IsCrossSite(refusal) ? HttpRefusals.CrossSiteStranger : refusal, mayLogIn: true);
    }

    /// <inheritdoc />
    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var state = await reader.GetAsync(Context);
        await RefuseAsync(
            state, state.Refusal ?? state.Rejection ?? WithoutPermission(state) ?? Refusals.RoleTooLow, mayLogIn: false);
    }

    // To a policy of the host they are not authenticated; that they should log in is not what they have to be told.
    private static Refusal? WithoutPermission(RequestActor state) =>
        state.Actor.IsAuthenticated ? AccessRules.RequireRole(state.Actor, Role.Anony).Refusal : null;

    private async Task RefuseAsync(RequestActor state, Refusal refusal, bool mayLogIn)
    {
        if (state.Outage is not null)
        {
            refusal = HttpRefusals.StoreUnavailable;
        }
        else
        {
            await audit.RecordAsync(Context, state.ForAudit, refusal);
        }

        if ((mayLogIn || LoginRedirect.LeadsToPasswordChange(refusal)) && await login.TryAsync(Context, refusal))
        {
            return;
        }

        if (await login.IsSharedAsync(Context))
        {
            // Written when the other schemes have answered: many of them, such as cookies, fail where something is written already.
            state.Unwritten = refusal;
            if (Context.Response is { HasStarted: false, StatusCode: StatusCodes.Status200OK })
            {
                Context.Response.StatusCode = HttpRefusals.StatusOf(refusal);
            }

            return;
        }

        await RefusalWriter.WriteAsync(Context, refusal);
    }
}
