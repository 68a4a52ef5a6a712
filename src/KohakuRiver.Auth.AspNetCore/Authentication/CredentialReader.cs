using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Finds out who is acting, once per request. Order: master secret header, session cookie, bearer token. A wrong master
/// secret is refused whatever else is sent; of several cookies the first good one counts; where none is good the bearer does;
/// what is sent and bad is never anonymous. A bearer of another form is none of these where the host has other schemes. Last come the
/// host's own schemes whose users are linked to accounts. A good cookie on a change sent by a page of another site authenticates nobody.
/// </summary>
internal sealed class CredentialReader(
    IOptions<KohakuAuthOptions> options, TrustedProxies proxies, ICredentialService credentials, ExternalPrincipals external,
    SameOriginCheck sameOrigin, IForeignTokenHash? foreign = null, IOutputCacheStore? outputCache = null)
{
    /// <summary>The request's actor, looked up at the first call.</summary>
    internal async ValueTask<RequestActor> GetAsync(HttpContext context)
    {
        var holder = context.RequestServices.GetRequiredService<ActorHolder>();
        holder.Attach(context);
        if (context.Features.Get<RequestActor>() is { } known)
        {
            return known;
        }

        var state = await ReadAsync(context);
        Keep(context, state);
        return state;
    }

    /// <summary>
    /// The same for a connection, which may live on after the request that opened it: SignalR's long polling continues with a copy of
    /// that request, in which its user is the only trace of what was found and decided.
    /// </summary>
    internal ValueTask<RequestActor> GetOpenerAsync(HttpContext context)
    {
        if (context.Features.Get<RequestActor>() is null && ActorIdentity.StateOf(context.User) is { } opener)
        {
            Keep(context, opener);
        }

        return GetAsync(context);
    }

    /// <summary>
    /// The actor as it is now, looked up anew; null when its credential is no longer good. Does not count as activity.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The database is unavailable.</exception>
    internal async ValueTask<Actor?> RecheckAsync(RequestActor before, CancellationToken cancellationToken) => before.Actor.Kind switch
    {
        ActorKind.Session => await credentials.FindSessionActorAsync(before.Secret, before.Actor.Address, cancellationToken),
        ActorKind.Token => await credentials.FindTokenActorAsync(before.Secret, before.Actor.Address, cancellationToken),
        ActorKind.External when IdentityKey.TryParse(before.Secret, out var identity) => await credentials.FindIdentityActorAsync(
            identity, before.Actor.Address, before.Actor.CredentialExpiresAt, cancellationToken),
        _ => before.Actor,
    };

    private void Keep(HttpContext context, RequestActor state)
    {
        context.Features.Set(state);
        context.Features.Set<IKohakuActorFeature>(outputCache is null ? state : new UncachedActor(context, state.Actor));
    }

    private async ValueTask<RequestActor> ReadAsync(HttpContext context)
    {
        var view = RequestView.Of(context, proxies);
        if (!options.Value.Enabled)
        {
            var system = new Actor { Username = Actor.SystemName, Role = Role.Admin, Kind = ActorKind.AuthOff, Address = view.Address };
            return Judge(context, system, secret: null);
        }

        if (context.GetEndpoint()?.Metadata.GetMetadata<IIgnoreCredentials>() is not null)
        {
            return RequestActor.Unknown(view.Address);
        }

        var sent = SentCredentials.Of(context);
        if (context.GetEndpoint()?.Metadata.GetMetadata<ISessionsOnly>() is not null)
        {
            sent = sent with { Master = null, Bearer = null, IsBearerOfAnotherForm = false };
        }

        try
        {
            if (sent is { Master: null, Cookies.Count: 0, Bearer: null })
            {
                return await FindExternalAsync(context, view.Address) ?? RequestActor.Unknown(view.Address);
            }

            return sent.Master is { } master
                ? await CheckMasterAsync(master, view.Address, context.RequestAborted)
                : await LookUpAsync(context, sent, view.Address);
        }
        catch (StoreUnavailableException e)
        {
            return RequestActor.Failed(view.Address, e);
        }
    }

    private async Task<RequestActor> CheckMasterAsync(string sent, string? address, CancellationToken cancellationToken)
    {
        if (sent.Length == 0)
        {
            return RequestActor.Rejected(address, HttpRefusals.BadCredential);
        }

        var outcome = await credentials.CheckMasterSecretAsync(sent, address, cancellationToken);
        return outcome.IsSuccess ? RequestActor.Known(outcome.Value) : RequestActor.Rejected(address, outcome.Refusal);
    }

    private async ValueTask<RequestActor> LookUpAsync(HttpContext context, SentCredentials sent, string? address)
    {
        var cancellationToken = context.RequestAborted;
        foreach (var cookie in sent.Cookies)
        {
            if (!string.IsNullOrEmpty(cookie) && await credentials.FindSessionActorAsync(cookie, address, cancellationToken) is { } session)
            {
                return Judge(context, session, cookie);
            }
        }

        // Theirs, unless it is one that was imported: then it counts here, too.
        var isTheirs = sent.IsBearerOfAnotherForm && await HasOtherSchemesAsync(context);
        if (!string.IsNullOrEmpty(sent.Bearer) && !(isTheirs && foreign is null)
            && await credentials.FindTokenActorAsync(sent.Bearer, address, cancellationToken) is { } token)
        {
            return Judge(context, token, sent.Bearer);
        }

        // A bad bearer of our own form is refused whoever else the request is.
        var isOursAndBad = sent.Bearer is not null && !isTheirs;
        if (!isOursAndBad && await FindExternalAsync(context, address) is { } elsewhere)
        {
            if (sent.Cookies.Count > 0)
            {
                SessionCookie.Clear(context, []);
            }

            return elsewhere;
        }

        if (isTheirs && sent.Cookies.Count == 0)
        {
            return RequestActor.Unknown(address);
        }

        if (!isOursAndBad)
        {
            SessionCookie.ClearWhenRefused(context);
        }

        return RequestActor.Rejected(address, HttpRefusals.BadCredential);
    }

    private async ValueTask<RequestActor?> FindExternalAsync(HttpContext context, string? address) =>
        await external.FindActorAsync(context, address) is var (actor, secret) ? Judge(context, actor, secret) : null;

    // Of the request's services: a host may have one for each tenant, and add schemes while it runs.
    private static async ValueTask<bool> HasOtherSchemesAsync(HttpContext context)
    {
        var schemes = context.RequestServices.GetRequiredService<IAuthenticationSchemeProvider>();
        return (await schemes.GetAllSchemesAsync()).Any(s => s.Name != KohakuAuthDefaults.Scheme);
    }

    // What the browser sends by itself counts only where the request is this site's own, whichever policy asks later.
    private RequestActor Judge(HttpContext context, Actor actor, string? secret)
    {
        if (!sameOrigin.Allows(context, actor.Kind))
        {
            return RequestActor.FromOtherSite(actor);
        }

        credentials.NoteUse(actor);
        return RequestActor.Known(actor, secret);
    }
}
