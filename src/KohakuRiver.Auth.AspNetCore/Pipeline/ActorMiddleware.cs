using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Looks the caller up before authorization, so that <see cref="Actor"/> can be resolved without waiting, and answers where that
/// failed.
/// </summary>
internal sealed class ActorMiddleware(
    RequestDelegate next, CredentialReader reader, ApiPrefixes prefixes, PlainHttp plainHttp, RefusalAudit audit,
    IOptions<AuthenticationOptions> authentication)
{
    private readonly bool isOursAlone = DefaultSchemeKeeper.IsOursAlone(authentication.Value);

    public async Task InvokeAsync(HttpContext context)
    {
        var state = await reader.GetAsync(context);
        context.RequestServices.GetRequiredService<ActorHolder>().SetReady();
        if (plainHttp.Refuses(context))
        {
            await RefusalWriter.WriteAsync(context, HttpRefusals.PlainHttp);
            return;
        }

        if (state.Outage is not null && IsOurs(context.GetEndpoint()))
        {
            await RefusalWriter.WriteAsync(context, HttpRefusals.StoreUnavailable);
            return;
        }

        if (isOursAlone && state.Actor.IsAuthenticated)
        {
            await state.BecomeUserAsync(context);
        }

        // Awaited for the master secret only, so that others pay nothing for it.
        if (state.Actor.Kind == ActorKind.MasterSecret)
        {
            await audit.RecordReadAsync(context, state.Actor);
        }

        try
        {
            await next(context);
            if (state.Unwritten is { } refusal)
            {
                await LoginRedirect.FinishAsync(context, refusal);
            }

            await prefixes.FinishAsync(context);
        }
        catch (RejectedCredentialException e) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            await audit.RecordAsync(context, state.ForAudit, e.Refusal);
            await RefusalWriter.WriteAsync(context, e.Refusal);
        }
        catch (StoreUnavailableException e) when (ReferenceEquals(e, state.Outage) && !context.Response.HasStarted)
        {
            context.Response.Clear();
            await RefusalWriter.WriteAsync(context, HttpRefusals.StoreUnavailable);
        }
    }

    private static bool IsOurs(Endpoint? endpoint) => endpoint is not null
        && endpoint.Metadata.GetMetadata<IKohakuPolicyMetadata>() is not null
        && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null;
}
