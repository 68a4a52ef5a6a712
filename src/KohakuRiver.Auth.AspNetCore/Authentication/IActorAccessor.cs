using System.Security.Claims;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Who is acting, also where there is no request whose <see cref="Actor"/> could be injected: in the methods of SignalR hubs, in
/// interactive components, and in work that outlives the request it was begun by. A scoped service, for hubs, components and services
/// alike.
/// </summary>
/// <remarks>
/// Beyond a request the actor is looked up anew at each call, so it has the role that the account has now, and is
/// <see cref="Actor.Anonymous"/> once the session or token has ended. Looking up does not count as activity.
/// </remarks>
public interface IActorAccessor
{
    /// <summary>
    /// Who is acting in this scope: the request's actor; in a call of a hub whoever opened the connection, which needs
    /// <c>AddKohakuHubFilter()</c>; in a Blazor circuit whoever opened that.
    /// </summary>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    /// <exception cref="InvalidOperationException">The scope is none of these; the message says what to do.</exception>
    /// <exception cref="Microsoft.AspNetCore.Http.BadHttpRequestException">
    /// A credential was sent and refused, and the endpoint is not for everybody; carries the status.
    /// </exception>
    /// <exception cref="StoreUnavailableException">The database is unavailable.</exception>
    ValueTask<Actor> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// The actor behind a principal, wherever it was kept: <c>Context.User</c> of a hub, the user of a component, or of a request that
    /// is over. <see cref="Actor.Anonymous"/> for every principal that the scheme <see cref="KohakuAuthDefaults.Scheme"/> did not create in
    /// this process, whatever its claims say, and for none.
    /// </summary>
    /// <param name="user">The principal.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    /// <exception cref="StoreUnavailableException">The database is unavailable.</exception>
    ValueTask<Actor> FromAsync(ClaimsPrincipal? user, CancellationToken cancellationToken = default);
}
