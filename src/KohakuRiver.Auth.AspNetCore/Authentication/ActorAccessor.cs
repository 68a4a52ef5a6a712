using System.Runtime.ExceptionServices;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AspNetCore;

/// <inheritdoc />
internal sealed class ActorAccessor(ActorHolder holder, CredentialReader reader, IServiceProvider services) : IActorAccessor
{
    /// <inheritdoc />
    public async ValueTask<Actor> GetAsync(CancellationToken cancellationToken = default)
    {
        if (holder.IsReady)
        {
            return holder.Resolve();
        }

        if (holder.Opener is { } opener)
        {
            return opener.Rejection is null || ActorHolder.IsLenient(holder.Connection!)
                ? await FindNowAsync(opener, cancellationToken)
                : throw new RejectedCredentialException(opener.Rejection);
        }

        return await FromAsync(await CircuitUserAsync(), cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask<Actor> FromAsync(ClaimsPrincipal? user, CancellationToken cancellationToken = default) =>
        user is not null && ActorIdentity.StateOf(user) is { } state ? await FindNowAsync(state, cancellationToken) : Actor.Anonymous;

    private async ValueTask<Actor> FindNowAsync(RequestActor state, CancellationToken cancellationToken)
    {
        if (state.Outage is { } outage)
        {
            ExceptionDispatchInfo.Throw(outage);
        }

        return await reader.RecheckAsync(state, cancellationToken) ?? Actor.Anonymous with { Address = state.Actor.Address };
    }

    // Present in every scope of an app with components, and refuses wherever there is no component.
    private async Task<ClaimsPrincipal> CircuitUserAsync()
    {
        var provider = services.GetService<AuthenticationStateProvider>() ?? throw ActorHolder.Nobody(inner: null);
        try
        {
            return (await provider.GetAuthenticationStateAsync()).User;
        }
        catch (InvalidOperationException e)
        {
            throw ActorHolder.Nobody(e);
        }
    }
}
